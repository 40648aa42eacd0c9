package io.veilflow.pipeline.demo;

import io.veilflow.pipeline.job.kind.Results;
import io.veilflow.pipeline.post.ConsumerAccount;
import io.veilflow.pipeline.post.EligibilityListClient;

/** {@code EligibilityList}: the owner of slot 0 tries to enter after each window. */
final class ListConsumer implements DemoConsumer {
    private static final int OWN_SLOT = 0;

    private final ConsumerAccount account;
    private final EligibilityListClient list;
    private boolean entered;

    /** Takes the account over, which owns slot 0. */
    ListConsumer(ConsumerAccount account, EligibilityListClient list) {
        this.account = account;
        this.list = list;
    }

    @Override
    public String title() {
        return "list " + LocalNetwork.address(list.address());
    }

    @Override
    public String after(long window, Results results) {
        String says = "list lets " + list.eligible() + " in";
        if (!entered) {
            entered = list.enter(OWN_SLOT);
            return says + (entered ? ", slot 0 ENTERED" : ", slot 0 refused");
        }
        return says;
    }

    @Override
    public void close() {
        account.close();
    }
}
