package io.tallymark.server.program;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallymark.ledger.program.Activation;
import io.tallymark.ledger.program.Activity;
import io.tallymark.ledger.program.Burn;
import io.tallymark.ledger.program.CompiledProgram;
import io.tallymark.ledger.program.Condition;
import io.tallymark.ledger.program.EarnCaps;
import io.tallymark.ledger.program.Expiry;
import io.tallymark.ledger.program.RefundPolicy;
import io.tallymark.ledger.program.Tier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class ProgramCompilerTest {
    private static final Path ROOT = Path.of(System.getProperty("tallymark.root"));

    /** One line a field, so that a test changes one line and expects its number. */
    private static final String GOOD = """
            program: shop
            currency: CNY
            utcOffset: "+08:00"
            unknownMember: enrol
            lateWindow: 30d
            retention: {keyDays: 400}
            wallets:
              points:
                kind: points
                expiry: {months: 12, roundTo: monthEnd}
                refund: {policy: debt, limit: 5000}
            earn:
              base: {points: 3, per: "2.00"}
            tiers:
              - {id: low, when: {spend: "0.00"}, window: lifetime}
              - {id: high, when: {spend: "380.00"}, window: lifetime, multiplier: "1.5"}
            """;

    @TempDir
    private Path folder;

    @Test
    void everyFieldReachesTheCompiledForm() {
        final CompiledProgram program =
                ProgramCompiler.compile("shop.yaml", GOOD).program();
        assertEquals("shop", program.name());
        assertEquals("CNY", program.currency());
        assertEquals(480, program.utcOffsetMinutes());
        assertTrue(program.enrolUnknownMembers());
        assertEquals(30 * 86_400_000L, program.lateWindowMs());
        assertEquals(400, program.keyDays());
        assertEquals(3, program.ratePoints());
        assertEquals(200, program.ratePerMinor());
        assertEquals(Expiry.months(12), program.expiry());
        assertEquals(5_000, program.debtLimitPoints());
        assertEquals(
                List.of(Tier.bySpend("low", 0, 1_000_000), Tier.bySpend("high", 38_000, 1_500_000)), program.tiers());
        final byte[] encoded = program.encode();
        assertEquals(program, CompiledProgram.decode(new UnsafeBuffer(encoded), 0, encoded.length));
    }

    @Test
    void whatIsLeftOutHasTheSafeMeaning() {
        final CompiledProgram program =
                ProgramCompiler.compile("x", ProgramTexts.SHORT).program();
        assertEquals(CompiledProgram.UNLIMITED, program.lateWindowMs());
        assertEquals(CompiledProgram.FOREVER, program.keyDays());
        assertEquals(Expiry.never(), program.expiry());
        assertEquals(0, program.debtLimitPoints());
        assertEquals(480, program.utcOffsetMinutes());
        assertEquals("CNY", program.currency());
        assertTrue(program.enrolUnknownMembers());
        assertEquals(CompiledProgram.FOREVER, program.orderDays());
        assertEquals(Activation.IMMEDIATE, program.activation());
        assertEquals(new RefundPolicy(RefundPolicy.Claw.WITHIN_BALANCE, 0, false), program.refund());
        assertEquals(Condition.ALWAYS, program.baseWhen());
        assertEquals(EarnCaps.NONE, program.caps());
        assertEquals(Burn.NONE, program.burn());
        assertEquals(CompiledProgram.UNLIMITED, program.transferDailyLimitPoints());
        assertEquals(CompiledProgram.FOREVER, program.claimDays());
    }

    @Test
    void otherFormsOfTheSameFields() {
        final CompiledProgram program = ProgramCompiler.compile(
                        "x",
                        GOOD.replace("{months: 12, roundTo: monthEnd}", "{fixed: \"12-31\", yearsAhead: 1}")
                                .replace("+08:00", "-03:30")
                                .replace("30d", "12h")
                                .replace("enrol", "refuse"))
                .program();
        assertEquals(Expiry.fixed(12, 31, 1), program.expiry());
        assertEquals(-210, program.utcOffsetMinutes());
        assertEquals(12 * 3_600_000L, program.lateWindowMs());
        assertEquals(false, program.enrolUnknownMembers());
    }

    /** Against the same program put together by hand. */
    @Test
    void everyKeyOfTheVocabularyReachesTheCompiledForm() {
        final CompiledProgram byHand = FullProgram.build();
        final CompiledProgram compiled =
                ProgramCompiler.compile("full", ProgramTexts.FULL).program();
        assertEquals(byHand.tiers(), compiled.tiers());
        assertEquals(byHand.campaigns(), compiled.campaigns());
        assertEquals(byHand.catalogue(), compiled.catalogue());
        assertEquals(byHand, compiled);
    }

    /** Both ways to say it are one program, whose publication is one content. */
    @Test
    void thePointsWalletIsAsIfNoneWereNamed() {
        final String named = ProgramTexts.FULL.replaceAll("wallet: (stars|growth)", "wallet: points");
        final String unnamed =
                ProgramTexts.FULL.replaceAll("\n *wallet: stars\n", "\n").replaceAll(", wallet: (stars|growth)", "");
        assertFalse(unnamed.contains("wallet: stars"));
        assertEquals(
                ProgramCompiler.compile("unnamed", unnamed).program(),
                ProgramCompiler.compile("named", named).program());
    }

    static Stream<ProgramTexts.Wrong> wrongTexts() {
        return ProgramTexts.wrong();
    }

    @ParameterizedTest
    @MethodSource("wrongTexts")
    void eachKindOfMistakeIsNamed(final ProgramTexts.Wrong wrong) {
        assertEquals(wrong.expected(), mistakesOf(wrong.text()).replaceAll("(?m)^[0-9]+:[0-9]+: ", ""));
    }

    @Test
    void aMistakeOfTheWholeStandsWhereItsValueIs() {
        final String text = ProgramTexts.FULL
                .replace("orderDays: 400", "orderDays: 29")
                .replace("{months: 6}", "{months: 13}")
                .replace("tier: [gold]", "tier: [platinum]");
        final List<String> places =
                mistakesOf(text).lines().map(l -> l.replaceAll(": .*", "")).toList();
        final List<String> lines = text.lines().toList();
        assertEquals(
                List.of(
                        place(lines, "orderDays: ", 11),
                        place(lines, "[platinum]", 0),
                        place(lines, "retention: {months: ", 20)),
                places);
    }

    /** Line and column behind what stands once in the text. */
    private static String place(final List<String> lines, final String before, final int length) {
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).contains(before)) {
                return (i + 1) + ":" + (lines.get(i).indexOf(before) + length + 1);
            }
        }
        throw new AssertionError(before);
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(
                // from, to, the whole list of mistakes
                mistake(
                        "program: shop",
                        "program: Shop!",
                        "1:10: program: must be 1 to 32 lower-case letters, digits and hyphens, not Shop!"),
                mistake(
                        "program: shop",
                        "program: 12",
                        "1:10: program: must be 1 to 32 lower-case letters, digits and hyphens, not 12"),
                mistake("program: shop\n", "", "1:1: program: missing"),
                mistake("CNY", "yuan", "2:11: currency: must be three capital letters such as CNY, not yuan"),
                mistake("currency", "curency", "2:1: curency: unknown key (did you mean 'currency'?)"),
                mistake("currency", "sponsor", "2:1: sponsor: unknown key"),
                mistake(
                        "\"+08:00\"",
                        "Asia/Shanghai",
                        "3:12: utcOffset: must be an offset from -18:00 to +18:00 such as \"+08:00\", not Asia/Shanghai"),
                mistake(
                        "\"+08:00\"",
                        "\"+18:01\"",
                        "3:12: utcOffset: must be an offset from -18:00 to +18:00 such as \"+08:00\", not \"+18:01\""),
                mistake(
                        "enrol",
                        "enroll",
                        "4:16: unknownMember: must be enrol or refuse, not enroll (did you mean 'enrol'?)"),
                mistake(
                        "30d",
                        "30",
                        "5:13: lateWindow: must be unlimited, or days or hours such as 30d or 12h, not 30"),
                mistake("30d", "40000d", "5:13: lateWindow: must be at most 36600 days, or unlimited"),
                mistake("400", "30", "6:22: retention.keyDays: must be longer than lateWindow"),
                mistake(
                        "lateWindow: 30d\n",
                        "",
                        "5:22: retention.keyDays: must be forever while lateWindow is unlimited"),
                mistake("400", "for ever", "6:22: retention.keyDays: must be forever or a whole number, not for ever"),
                mistake("400", "0", "6:22: retention.keyDays: must be from 1 to 36600, not 0"),
                mistake(
                        "400}",
                        "400, orderDay: 400}",
                        "6:27: retention.orderDay: unknown key (did you mean 'orderDays'?)"),
                mistake("kind: points", "kind: money", "9:11: wallets.points.kind: must be points, not money"),
                mistake(
                        "  points:\n    kind: points\n",
                        "  stars:\n    kind: money\n",
                        "10:5: wallets.stars.expiry: unknown key\n" + "11:5: wallets.stars.refund: unknown key"),
                mistake(
                        "roundTo: monthEnd",
                        "roundTo: yearEnd",
                        "10:35: wallets.points.expiry.roundTo: must be monthEnd, not yearEnd"),
                mistake(", roundTo: monthEnd", "", "10:13: wallets.points.expiry.roundTo: missing"),
                mistake(
                        "{months: 12, roundTo: monthEnd}",
                        "soon",
                        "10:13: wallets.points.expiry: must be never or a mapping of fixed, yearsAhead, months,"
                                + " inactivityMonths, roundTo, not soon"),
                mistake(
                        "{months: 12, roundTo: monthEnd}",
                        "[12]",
                        "10:13: wallets.points.expiry: must be a mapping of fixed, yearsAhead, months,"
                                + " inactivityMonths, roundTo, not a list"),
                mistake(
                        "{months: 12, roundTo: monthEnd}",
                        "{fixed: \"02-30\", yearsAhead: 1}",
                        "10:21: wallets.points.expiry.fixed: there is no month 2 with a day 30"),
                mistake(
                        "{months: 12, roundTo: monthEnd}",
                        "{fixed: 12-31}",
                        "10:13: wallets.points.expiry.yearsAhead: missing"),
                mistake(
                        "{months: 12, roundTo: monthEnd}",
                        "{fixed: \"12-31\", months: 3}",
                        "10:13: wallets.points.expiry: must have exactly one of fixed, months, inactivityMonths\n10:13: wallets.points.expiry.yearsAhead: missing\n10:13: wallets.points.expiry.roundTo: missing"),
                mistake(
                        "{months: 12, ",
                        "{months: 12, yearsAhead: 1, ",
                        "10:38: wallets.points.expiry.yearsAhead: does not go with months"),
                mistake(
                        "months: 12",
                        "months: 1201",
                        "10:22: wallets.points.expiry.months: must be from 1 to 1200, not 1201"),
                mistake(
                        "months: 12",
                        "months: \"12\"",
                        "10:22: wallets.points.expiry.months: must be a whole number without quotes, not \"12\""),
                mistake(
                        "policy: debt",
                        "policy: pending",
                        "11:22: wallets.points.refund.policy: must be pendingOnly or withinBalance or debt, not pending"),
                mistake(", limit: 5000", "", "11:13: wallets.points.refund.limit: missing"),
                mistake(
                        "limit: 5000",
                        "limit: -1",
                        "11:35: wallets.points.refund.limit: must be from 0 to 1000000000000000, not -1"),
                mistake("points: 3", "points: 0", "13:18: earn.base.points: must be from 1 to 1000000000, not 0"),
                mistake(
                        "points: 3",
                        "points: 1.5",
                        "13:18: earn.base.points: must be a whole number without quotes, not 1.5"),
                mistake("\"2.00\"", "2.00", "13:26: earn.base.per: a decimal is quoted: \"2.00\""),
                mistake("\"2.00\"", "\"2.001\"", "13:26: earn.base.per: has more than 2 decimals: \"2.001\""),
                mistake(
                        "\"2.00\"",
                        "\"2e3\"",
                        "13:26: earn.base.per: must be a quoted decimal such as \"1.50\", not \"2e3\""),
                mistake("\"2.00\"", "\"0.00\"", "13:26: earn.base.per: must be from 0.01 to 10000000000.00, not 0.00"),
                mistake("\"2.00\"", "", "13:25: earn.base.per: must be a quoted decimal such as \"1.50\", not nothing"),
                mistake("id: high", "id: low", "16:10: tiers[1].id: given twice: low"),
                mistake("id: high, ", "", "16:5: tiers[1].id: missing"),
                mistake(
                        "\"380.00\"",
                        "\"0.00\"",
                        "16:30: tiers[1].when.spend: must be above that of the tier below: tiers are listed lowest first"),
                mistake("\"380.00\"", "380.00", "16:30: tiers[1].when.spend: a decimal is quoted: \"380.00\""),
                mistake(
                        "\"1.5\"",
                        "\"1001\"",
                        "16:71: tiers[1].multiplier: must be from 1.000000 to 1000.000000, not 1001"),
                mistake(
                        "\"1.5\"",
                        "\"1.1234567\"",
                        "16:71: tiers[1].multiplier: has more than 6 decimals: \"1.1234567\""),
                mistake(
                        "multiplier",
                        "multiplyer",
                        "16:59: tiers[1].multiplyer: unknown key (did you mean 'multiplier'?)"),
                mistake(
                        "currency: CNY",
                        "currency: CNY\ncurrency: CNY",
                        "3:1: currency: this key stands twice, first in line 2"),
                mistake("currency: CNY", "currency: &c CNY", "2:11: currency: anchors are not read"),
                mistake("currency: CNY", "currency: !!str CNY", "2:11: currency: tags are not read"),
                mistake("currency: CNY", "? [a]\n: b", "2:3: a key is a word, not a list"),
                mistake(
                        "currency: CNY",
                        "currency: \"CNY",
                        "3:13: not YAML: while parsing a block mapping, expected <block end>, but found '<scalar>'"));
    }

    private static Arguments mistake(final String from, final String to, final String expected) {
        return Arguments.of(from, to, expected);
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @MethodSource("mistakes")
    void aMistakeIsNamedWithItsPlace(final String from, final String to, final String expected) {
        assertTrue(GOOD.contains(from), "the test changes nothing");
        assertEquals(expected, mistakesOf(GOOD.replace(from, to)));
    }

    @Test
    void anAliasIsRefusedWhereItStands() {
        final String text = GOOD.replace("currency: CNY", "currency: &c CNY").replace("enrol", "*c");
        assertTrue(mistakesOf(text).contains("4:16: unknownMember: aliases are not read"), mistakesOf(text));
    }

    @Test
    void allMistakesAreListedInTheOrderOfTheFile() {
        final String text = GOOD.replace("CNY", "yuan")
                .replace("\"2.00\"", "2.00")
                .replace("multiplier", "multiplyer")
                .replace("points: 3", "points: -3");
        assertEquals("""
                2:11: currency: must be three capital letters such as CNY, not yuan
                13:18: earn.base.points: must be from 1 to 1000000000, not -3
                13:27: earn.base.per: a decimal is quoted: "2.00"
                16:59: tiers[1].multiplyer: unknown key (did you mean 'multiplier'?)""", mistakesOf(text));
    }

    @Test
    void textsThatAreNoProgramAtAll() {
        assertEquals("1:1: the file is empty", mistakesOf(""));
        assertEquals("1:1: the file is empty", mistakesOf("# nothing\n"));
        assertTrue(mistakesOf("- a\n").startsWith("1:1: must be a mapping of program, currency,"), mistakesOf("- a\n"));
        assertTrue(mistakesOf(GOOD + "---\nprogram: b\n").startsWith("17:1: one file holds one program"));
        assertTrue(mistakesOf("a: [").startsWith("1:5: not YAML: "), mistakesOf("a: ["));
        assertTrue(mistakesOf("a: " + "[".repeat(5_000)).contains("nested deeper than 32 levels"));
        assertTrue(mistakesOf("a: \u0000").startsWith("1:1: not YAML: "), mistakesOf("a: \u0000"));
        assertEquals("1:1: is longer than 61440 bytes", mistakesOf("#".repeat(70_000)));
    }

    @Test
    void theMessageNamesTheFile() {
        final ProgramFileException e = assertThrows(
                ProgramFileException.class, () -> ProgramCompiler.compile("programs/shop.yaml", "program: shop"));
        assertEquals("programs/shop.yaml:1:1: earn: missing", e.getMessage());
    }

    @Test
    void aFolderIsCompiledWhole() throws IOException {
        Files.writeString(folder.resolve("a.yaml"), GOOD);
        Files.writeString(folder.resolve("b.yml"), GOOD.replace("shop", "other"));
        Files.writeString(folder.resolve("README.md"), "not a program");
        assertEquals(
                List.of("shop", "other"),
                ProgramCompiler.compileFolder(folder).stream()
                        .map(f -> f.program().name())
                        .toList());

        Files.writeString(folder.resolve("c.yaml"), GOOD);
        Files.write(folder.resolve("d.yaml"), new byte[] {(byte) 0xFF});
        final ProgramFileException e =
                assertThrows(ProgramFileException.class, () -> ProgramCompiler.compileFolder(folder));
        assertEquals(
                folder.resolve("c.yaml") + ": program shop stands in " + folder.resolve("a.yaml") + " too\n"
                        + folder.resolve("d.yaml") + ":1:1: is not UTF-8 text",
                e.getMessage());
    }

    @Test
    void theShippedProgramsAreAsTheirComments() throws IOException {
        final Map<String, CompiledProgram> programs = ProgramCompiler.compileFolder(ROOT.resolve("programs")).stream()
                .map(ProgramCompiler.CompiledFile::program)
                .collect(Collectors.toMap(CompiledProgram::name, program -> program));
        assertEquals(
                Set.of(
                        ("mima lancome v-world svip china-eastern xibei mama100 armani joyoung ubras tmall-618 kuaiyu xuye "
                                        + "huajia eland youzan biostime franchise")
                                .split(" ")),
                programs.keySet());
        final CompiledProgram mima = programs.get("mima");
        assertEquals(
                List.of(100L, 38_000L, 200_000L, 500_000L),
                mima.tiers().stream().map(t -> t.earned().spendMinor()).toList());
        assertEquals(1, mima.ratePoints());
        assertEquals(100, mima.ratePerMinor());
        assertEquals(Expiry.never(), mima.expiry());
        assertEquals(CompiledProgram.UNLIMITED, mima.lateWindowMs());
        assertEquals(CompiledProgram.FOREVER, mima.keyDays());
        assertTrue(mima.enrolUnknownMembers());
        assertTrue(mima.refund().unreferenced());
        assertEquals(List.of(new Activity("sign-in", 5, Activity.Per.DAY, 1)), mima.activities());
        // A plain order of Mima's costs nothing extra: no line is looked at, no campaign is tried.
        assertFalse(mima.hasLineRules());
        assertEquals(List.of(), mima.campaigns());
        assertTrue(programs.get("eland").hasLineRules());
        assertTrue(programs.get("mama100").activation().fulfilment());
        assertEquals(9, programs.get("china-eastern").tiers().size());
        assertEquals(365, programs.get("ubras").claimDays());
        assertEquals(List.of("vip"), programs.get("xibei").baseWhen().tiers());
    }

    private static String mistakesOf(final String text) {
        return assertThrows(ProgramFileException.class, () -> ProgramCompiler.compile("x", text)).errors().stream()
                .map(ProgramError::toString)
                .collect(Collectors.joining("\n"));
    }
}
