package io.tallymark.client;

import io.tallymark.protocol.Reply;

/** Takes the answer to one request. */
@FunctionalInterface
public interface ReplyHandler {
    /**
     * Called once for each request, on the client's own thread: it must not block, and may send requests with
     * {@link TallymarkClient#trySubmit} only.
     *
     * @param reply   valid during the call only. An error of {@link io.tallymark.protocol.ResultCode#TIMED_OUT} or
     *                {@link io.tallymark.protocol.ResultCode#DISCONNECTED} means that the outcome is unknown: the same
     *                request may be sent again, and takes effect once
     * @param context what the request was submitted with
     */
    void onReply(Reply reply, long context);
}
