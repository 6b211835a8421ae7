package io.tallymark.server.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallymark.protocol.ReplyBlock;
import io.tallymark.protocol.ReplyEncoder;
import io.tallymark.protocol.ResultCode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Replies around the moment when the server's ports open. */
final class ReplyRouterTest {
    private final AtomicInteger freed = new AtomicInteger();
    private final ReplyRouter router = new ReplyRouter();
    private final List<ReplyBlock> delivered = new ArrayList<>();

    private ReplyBlock block(final int replies) {
        final ReplyBlock block = new ReplyBlock(8 * ReplyEncoder.MAX_REPLY_BYTES, freed::incrementAndGet);
        for (int i = 0; i < replies; i++) {
            block.endEntry(
                    1,
                    new ReplyEncoder()
                            .encodeError(i, ResultCode.CAPACITY, 0, "", block.buffer(), block.messageOffset()));
        }
        return block;
    }

    @Test
    void aClientFasterThanTheStartGetsItsReplies() {
        final ReplyBlock early = block(2);
        router.onDurable(early);
        final ReplyBlock next = block(1);
        router.onDurable(next);
        assertEquals(0, freed.get());
        router.attach(delivered::add);
        final ReplyBlock late = block(1);
        router.onDurable(late);
        assertEquals(List.of(early, next, late), delivered);
    }

    @Test
    void theServersOwnReplyIsItsOwn() {
        final var expected = router.expectReply();
        router.onDurable(block(1));
        assertEquals(ResultCode.CAPACITY, expected.join().code);
        assertEquals(1, freed.get());
        router.attach(delivered::add);
        assertTrue(delivered.isEmpty());
    }

    @Test
    void aBlockWithoutRepliesIsFreeAtOnce() {
        router.onDurable(block(0));
        assertEquals(1, freed.get());
        final var expected = router.expectReply();
        router.onDurable(block(0));
        assertEquals(2, freed.get());
        router.onDurable(block(1));
        assertTrue(expected.isDone());
    }
}
