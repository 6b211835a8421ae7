package io.tallymark.ledger;

import io.tallymark.protocol.Command;
import io.tallymark.protocol.ResultCode;

/** What an order would earn, or a redemption take: the same path, and nothing is committed. */
final class PreviewHandler implements Handler {
    private final Handler previewed;

    PreviewHandler(final Handler previewed) {
        this.previewed = previewed;
    }

    @Override
    public ResultCode check(final Command c) {
        return previewed.check(c);
    }

    @Override
    public void plan(final Command c, final Effect e) {
        previewed.plan(c, e);
        e.journaled = false;
        e.accepted = false;
    }
}
