package io.tallymark.gateway;

import io.netty.channel.Channel;

/** What serves the connections of one address on one event loop. */
public interface Front {
    /** Sets up the pipeline of a new connection; called on the loop. */
    void open(Channel channel);
}
