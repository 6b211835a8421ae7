package io.tallymark.server.serve;

import io.tallymark.engine.Engine;
import io.tallymark.gateway.CommandPort;
import io.tallymark.protocol.Command;
import org.agrona.concurrent.UnsafeBuffer;

/** The gateway's door into the engine. */
final class EngineCommandPort implements CommandPort {
    private final Engine engine;

    EngineCommandPort(final Engine engine) {
        this.engine = engine;
    }

    @Override
    public long tryClaim(final int count) {
        return engine.tryClaim(count);
    }

    @Override
    public Command slot(final long slot) {
        return engine.slot(slot);
    }

    @Override
    public UnsafeBuffer tryBorrow() {
        return engine.tryBorrow();
    }

    @Override
    public void giveBack(final UnsafeBuffer buffer) {
        engine.giveBack(buffer);
    }

    @Override
    public void publish(final long first, final int count) {
        engine.publish(first, count);
    }
}
