package io.veilflow.pipeline.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.veilflow.mpc.session.Profile;
import io.veilflow.pipeline.job.JobTerms;
import io.veilflow.pipeline.party.WindowReport;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One JSON object per window and line, then one for the audit; everything else goes to the error stream. */
public final class JsonReport implements DemoReport {
    private static final ObjectWriter JSON = JsonMapper.builder().build().writer();

    private final PrintWriter out;
    private final PrintWriter error;

    public JsonReport(PrintWriter out, PrintWriter error) {
        this.out = out;
        this.error = error;
    }

    @Override
    public void preparing(String step) {
        // Lines of output are results only.
    }

    @Override
    public void started(JobTerms terms, String registry, String consumer) {
        // As above.
    }

    @Override
    public void window(WindowReport window, Observation observed) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("job", window.job());
        line.put("window", window.window());
        observed.level().ifPresent(level -> line.put("level", level));
        line.put("outputs", window.outputs());
        line.put("result", observed.meaning());
        line.put("asExpected", observed.asExpected());
        line.put("assurance", window.assurance());
        line.put("profile", window.profile());
        line.put("submissions", window.submissions());
        line.put("rejected", window.rejected().size());
        line.put("manifestRoot", window.manifestRoot());
        line.put("transaction", window.transaction());
        line.put("gas", window.gas());
        line.put("millis", window.millis());
        line.put("consumer", observed.consumer());
        print(line);
    }

    @Override
    public void audit(boolean passed, List<String> checked, int windows, Profile profile) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("audit", passed ? "passed" : "failed");
        line.put("windows", windows);
        line.put("profile", profile.name());
        print(line);
        if (!passed) {
            checked.forEach(this::failed);
        }
    }

    @Override
    public void failed(String reason) {
        error.println(reason);
        error.flush();
    }

    private void print(Object value) {
        try {
            out.println(JSON.writeValueAsString(value));
            out.flush();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a record that is not JSON", e);
        }
    }
}
