package io.veilflow.pipeline.demo;

import com.google.protobuf.ByteString;
import io.veilflow.pipeline.job.kind.Results;
import io.veilflow.pipeline.post.ConsumerAccount;
import io.veilflow.pipeline.post.EligibilityListClient;
import java.util.List;

/** {@code EligibilityList}: the owner of slot 0 tries to enter after each window. */
final class ListConsumer implements DemoConsumer {
    private final ConsumerAccount account;
    private final EligibilityListClient list;
    private final List<ByteString> applicants;
    private boolean entered;

    /** Takes the account over, which owns slot 0. */
    ListConsumer(ConsumerAccount account, EligibilityListClient list, List<ByteString> applicants) {
        this.account = account;
        this.list = list;
        this.applicants = List.copyOf(applicants);
    }

    @Override
    public String title() {
        return "list " + LocalNetwork.address(list.address());
    }

    @Override
    public String after(long window, Results results) {
        long eligible = applicants.stream().filter(list::isEligible).count();
        String says = "list says " + eligible + " may enter";
        if (!entered) {
            entered = list.enter();
            return says + (entered ? ", slot 0 ENTERED" : ", slot 0 refused");
        }
        return says;
    }

    @Override
    public void close() {
        account.close();
    }
}
