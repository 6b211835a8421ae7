package io.tallymark.server.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallymark.protocol.Command;
import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.Durability;
import io.tallymark.protocol.Outcome;
import io.tallymark.protocol.ReplyBlock;
import io.tallymark.protocol.ReplyEncoder;
import io.tallymark.protocol.ResultCode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The moment between "the port is open" and "the gateway has the replies". */
final class ReplyRouterTest {
    private final AtomicInteger freed = new AtomicInteger();

    private ReplyBlock blockWithOneReply() {
        final ReplyBlock block = new ReplyBlock(4_096, freed::incrementAndGet);
        final Outcome outcome = new Outcome();
        outcome.code = ResultCode.ACCEPTED;
        final Command command = new Command().reset(CommandType.ACCRUE).correlationId(7);
        final int length = new ReplyEncoder()
                .encodeOutcome(command, outcome, Durability.FSYNC, block.buffer(), block.messageOffset());
        block.endEntry(1, length);
        return block;
    }

    @Test
    void aReplyThatIsFasterThanTheGatewayWaitsForIt() {
        final ReplyRouter router = new ReplyRouter();
        final ReplyBlock early = blockWithOneReply();
        router.onDurable(early);
        final List<ReplyBlock> delivered = new ArrayList<>();
        router.attach(delivered::add);
        final ReplyBlock later = blockWithOneReply();
        router.onDurable(later);
        assertEquals(List.of(early, later), delivered);
    }

    @Test
    void theServersOwnAnswersAreNobodyElses() throws Exception {
        final ReplyRouter router = new ReplyRouter();
        final var own = router.expectReply();
        router.onDurable(blockWithOneReply());
        assertTrue(own.isDone());
        assertEquals(1, freed.get());
        final ReplyBlock clients = blockWithOneReply();
        router.onDurable(clients);
        final List<ReplyBlock> delivered = new ArrayList<>();
        router.attach(delivered::add);
        assertEquals(List.of(clients), delivered);
    }

    @Test
    void whatWaitsForAGatewayThatNeverComesIsFreed() {
        final ReplyRouter router = new ReplyRouter();
        router.onDurable(blockWithOneReply());
        assertFalse(freed.get() > 0);
        router.abandon();
        router.onDurable(blockWithOneReply());
        assertEquals(2, freed.get());
    }
}
