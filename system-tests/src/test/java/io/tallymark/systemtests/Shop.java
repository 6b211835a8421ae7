package io.tallymark.systemtests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallymark.protocol.Reply;
import io.tallymark.protocol.ResultCode;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A data folder over its whole life in a test: everything that was ever sent to it, and the checks after a crash. */
final class Shop {
    private static final int LATEST = 20_000;
    private static final int SAMPLE = 10;

    private final Path dataFolder;
    private final List<Sent> everSent = new ArrayList<>();

    Shop(final Path dataFolder) {
        this.dataFolder = dataFolder;
    }

    Path dataFolder() {
        return dataFolder;
    }

    /** Remembers what a driver sent. */
    void remember(final Workload workload) {
        everSent.addAll(workload.sent());
    }

    List<Sent> everSent() {
        return everSent;
    }

    /** Of a stopped server's folder: whole, with everything acknowledged, and the tools agree about it. */
    JournalAudit assertSoundOnDisk() {
        final JournalAudit audit = assertHoldsOnDisk();
        final Tool verify = Tool.verify(dataFolder);
        assertEquals(0, verify.exitCode(), verify.transcript());
        assertEquals(audit.lastSequence(), verify.number("sequence"), verify.transcript());
        return audit;
    }

    /** Of a stopped server's folder: everything acknowledged is there, read by the test itself. */
    JournalAudit assertHoldsOnDisk() {
        final JournalAudit audit = JournalAudit.of(dataFolder);
        audit.assertHolds(everSent);
        return audit;
    }

    /** {@code journal verify} and {@code replay} come to the same state. */
    void assertToolsAgree() {
        final Tool verify = Tool.verify(dataFolder);
        final Tool replay = Tool.replay(dataFolder);
        assertEquals(0, verify.exitCode(), verify.transcript());
        assertEquals(0, replay.exitCode(), replay.transcript());
        assertEquals(verify.stateHash(), replay.stateHash());
    }

    /**
     * As callers do after a crash: sends again what had no answer, and of the rest the latest and a sample. What was acknowledged must be told again, word for word; the
     * rest is now acknowledged too. Then the balances over the wire are those of the plain calculation.
     */
    void assertServed(final InetSocketAddress address) throws IOException {
        try (LoadDriver driver = new LoadDriver(address)) {
            driver.sendAgain(selection());
        }
        final JournalAudit audit = JournalAudit.of(dataFolder);
        audit.assertHolds(everSent);
        assertTrue(everSent.stream().allMatch(Sent::isAcknowledged), "not everything was answered");
        assertBalances(address, audit.book());
    }

    private List<Sent> selection() {
        final List<Sent> selection = new ArrayList<>();
        for (int i = 0; i < everSent.size(); i++) {
            final boolean isLate = i >= everSent.size() - LATEST;
            if (isLate || i % SAMPLE == 0 || !everSent.get(i).isAcknowledged()) {
                selection.add(everSent.get(i));
            }
        }
        return selection;
    }

    private static void assertBalances(final InetSocketAddress address, final NaiveBook book) throws IOException {
        final Map<Long, NaiveBook.Account> accounts = new TreeMap<>(book.accounts());
        try (RawConnection connection = new RawConnection(address)) {
            for (final Reply reply : connection.askAll(accounts.keySet())) {
                final NaiveBook.Account account = accounts.get(reply.memberId);
                final String name = "member " + reply.memberId;
                assertEquals(ResultCode.ACCEPTED, reply.code, name);
                assertEquals(account.availablePoints, reply.availablePoints, name);
                assertEquals(account.spendMinor, reply.lifetimeSpendMinor, name);
                assertEquals(account.visits, reply.lifetimeVisits, name);
            }
        }
    }
}
