package io.tallymark.server.journal;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallymark.engine.WhatIfReport;
import io.tallymark.engine.WhatIfReport.Change;
import io.tallymark.engine.WhatIfReport.ChangedCommand;
import io.tallymark.engine.WhatIfReport.Totals;
import io.tallymark.engine.WhatIfReport.WalletMove;
import io.tallymark.engine.WhatIfReport.WalletTotals;
import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.ResultCode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A report with a further wallet of points, as people and programs read it. */
final class WhatIfOutputTest {
    private static final Totals NOTHING = new Totals(1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    private static final WhatIfReport REPORT = new WhatIfReport(
            "cafe",
            2,
            1,
            List.of(new Change(CommandType.ACCRUE, ResultCode.ACCEPTED, ResultCode.ACCEPTED, false, 1)),
            List.of(new ChangedCommand(
                    2,
                    CommandType.ACCRUE,
                    ResultCode.ACCEPTED,
                    9,
                    ResultCode.ACCEPTED,
                    9,
                    List.of(new WalletMove("stars", 3, 6)))),
            NOTHING,
            NOTHING,
            List.of(new WalletTotals("stars", 3, 6, 1, 2)),
            List.of());

    @Test
    void theTextTellsWalletsApart() {
        final StringWriter text = new StringWriter();
        WhatIfOutput.text(REPORT, Path.of("rules.yaml"), new PrintWriter(text));
        final String out = text.toString().replaceAll(" +", " ");
        assertTrue(out.contains("""
                         sequence 2 ACCRUE: ACCEPTED 9, then ACCEPTED 9
                         stars: 3, then 6
                        """), out);
        assertTrue(out.contains("""
                         held 0 0
                         wallet stars granted 3 6
                         wallet stars clawed back 1 2
                        members with another tier 0
                        """), out);
    }

    @Test
    void soDoesTheJson() throws IOException {
        final StringWriter text = new StringWriter();
        WhatIfOutput.json(REPORT, new PrintWriter(text));
        final String out = text.toString();
        assertTrue(
                out.contains("\"pointsAfter\":9,"
                        + "\"wallets\":[{\"wallet\":\"stars\",\"pointsBefore\":3,\"pointsAfter\":6}]}]"),
                out);
        assertTrue(
                out.contains("\"wallets\":[{\"wallet\":\"stars\",\"grantedBefore\":3,\"grantedAfter\":6,"
                        + "\"clawedBackBefore\":1,\"clawedBackAfter\":2}],\"membersWithAnotherTier\":0"),
                out);
    }
}
