package io.tallymark.client;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Lays a view over the memory of a buffer, without copying and without allocating. */
final class Views {
    private Views() {}

    static void wrap(final UnsafeBuffer view, final ByteBuf buffer, final int index, final int length) {
        if (buffer.hasMemoryAddress()) {
            view.wrap(buffer.memoryAddress() + index, length);
        } else if (buffer.hasArray()) {
            view.wrap(buffer.array(), buffer.arrayOffset() + index, length);
        } else {
            final ByteBuffer nio = buffer.internalNioBuffer(index, length);
            view.wrap(nio, nio.position(), length);
        }
    }
}
