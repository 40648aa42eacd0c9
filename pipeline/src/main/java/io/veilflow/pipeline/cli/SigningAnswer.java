package io.veilflow.pipeline.cli;

import com.google.protobuf.ByteString;
import io.veilflow.pipeline.service.SigningDesk;
import io.veilflow.pipeline.service.SigningDesk.Answer;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;

/** Says what became of a request. */
final class SigningAnswer {
    private static final HexFormat HEX = HexFormat.of();

    private final CommandSpec spec;
    private final boolean json;

    SigningAnswer(CommandSpec spec, boolean json) {
        this.spec = spec;
        this.json = json;
    }

    /** @return the exit code */
    int await(SigningDesk desk, ByteString request, int seconds) throws InterruptedException {
        String hash = HEX.formatHex(request.toByteArray());
        if (!json) {
            // the second operator needs it while this one waits
            line("request " + hash + ": waiting for a second operator and the parties");
        }
        Answer answer = desk.await(request, Duration.ofSeconds(seconds));
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("request", hash);
        if (answer instanceof Answer.Signed signed) {
            fields.put("answer", "signed");
            fields.put("message", HEX.formatHex(signed.statement().digest()));
            fields.put("signature", HEX.formatHex(signed.signature().bytes()));
        } else if (answer instanceof Answer.Refused refused) {
            fields.put("answer", "refused");
            fields.put("by", refused.by().toString());
            fields.put("reason", refused.reason());
        } else {
            fields.put("answer", "not signed in time");
        }
        if (json) {
            JsonLines.print(spec.commandLine().getOut(), fields);
        } else {
            fields.forEach((name, value) -> line(name + " " + value));
        }
        return answer instanceof Answer.Signed ? ExitCode.OK : ExitCode.NEGATIVE;
    }

    private void line(String text) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(text);
        out.flush();
    }
}
