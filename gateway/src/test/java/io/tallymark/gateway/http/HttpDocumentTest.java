package io.tallymark.gateway.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import io.tallymark.gateway.IdentityKeys;
import io.tallymark.gateway.http.HttpWire.Response;
import io.tallymark.protocol.Clip;
import io.tallymark.protocol.Command;
import io.tallymark.protocol.Outcome;
import io.tallymark.protocol.ResultCode;
import io.tallymark.protocol.RowKind;
import io.tallymark.protocol.Rows;
import io.tallymark.protocol.VarField;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The examples of docs/http.md work as printed, and its table names every code. */
@Timeout(60)
class HttpDocumentTest extends HttpFixture {
    private static final Pattern EXAMPLE = Pattern.compile(
            "```sh\\ncurl -s (?:-X PUT )?http://127\\.0\\.0\\.1:8080(\\S+)"
                    + "(?: -H 'Content-Type: application/json' -d '([^']*)'"
                    + "| -H 'Content-Type: application/yaml' -H '(If-Match: [^']*)' --data-binary @(\\S+))?\\n```"
                    + "(?:\\n\\n```json\\n(.*?)```)?",
            Pattern.DOTALL);
    private static final Pattern PROGRAM_INVALID = Pattern.compile(
            "```json\\n(\\{\\s+\"type\": \"urn:tallymark:problem:PROGRAM_INVALID\".*?)```", Pattern.DOTALL);
    private static final long AS_OF_MS = 1_772_323_200_007L;
    private static final int NEVER = Integer.MAX_VALUE;

    private static String document() throws IOException {
        return Files.readString(Path.of(System.getProperty("tallymark.root"), "docs", "http.md"));
    }

    private static List<String> tokens(final String json) throws IOException {
        final List<String> tokens = new ArrayList<>();
        try (JsonParser parser = new JsonFactory().createParser(json)) {
            while (parser.nextToken() != null) {
                tokens.add(parser.currentToken() + " " + parser.getText());
            }
        }
        return tokens;
    }

    /** An engine that answers as the document says. */
    private static void answer(final Command command, final Outcome outcome) {
        outcome.sequence = 118;
        outcome.asOfSequence = 118;
        outcome.engineTimeMs = AS_OF_MS;
        outcome.availablePoints = 140;
        outcome.lifetimeSpendMinor = 45_000;
        outcome.lifetimePoints = 240;
        outcome.lifetimeVisits = 6;
        outcome.tierId = text("silver");
        outcome.memberId = 42;
        final Rows rows = outcome.rows;
        switch (command.type()) {
            case ACCRUE -> {
                outcome.points = 129;
                outcome.basePoints = 90;
                outcome.tierPoints = 9;
                outcome.campaignPoints = 30;
                outcome.clippedPoints = 10;
                rows.begin(RowKind.SHARES);
                rows.add(text("double-days"), 30, 10, Clip.BUDGET.ordinal(), 0, 0, 0);
            }
            case REDEEM -> {
                final boolean isReward = command.length(VarField.RULE_ID) > 0;
                if (command.length(VarField.WALLET_ID) > 0) {
                    outcome.points = -20;
                    outcome.wallets.add(text("growth"), 0, 4_500, 0, 0, 0);
                    outcome.wallets.add(
                            command.text(VarField.WALLET_ID).getBytes(StandardCharsets.UTF_8), -20, 30, 0, 0, 0);
                    outcome.wallets.subject(1);
                    return;
                }
                outcome.points = isReward ? -500 : -150;
                outcome.valueMinor = isReward ? 0 : 1_500;
                outcome.cashMinor = isReward ? 990 : 0;
            }
            case REFUND_PACK -> {
                outcome.cashMinor = 12_600;
                rows.begin(RowKind.CONSEQUENCES);
                rows.add(text("coupon/latte"), 0, 7, 3, 0, 0, 0);
            }
            case DRAW -> {
                outcome.points = 70;
                rows.begin(RowKind.PRIZE);
                rows.add(text("points"), 2, 100, 0, 0, 0, 0);
            }
            case TOP_UP -> {
                outcome.valueMinor = 10_000;
                rows.begin(RowKind.WALLETS);
                rows.add(text("cash"), 10_000, 800, 0, 0, 0, 0);
            }
            case REFUND -> outcome.points = -33;
            case PAUSE -> outcome.memberId = 0;
            case PUBLISH_PROGRAM -> {
                outcome.memberId = 0;
                outcome.programVersion = 4;
            }
            default -> rows(command, outcome);
        }
    }

    private static void rows(final Command command, final Outcome outcome) {
        final Rows rows = outcome.rows;
        switch (command.type()) {
            case QUERY_IDENTITIES -> {
                rows.begin(RowKind.IDENTITIES);
                rows.add(text("phone"), 1, 0, 0, 0, 0, 0);
            }
            case QUERY_HOLDS -> {
                rows.begin(RowKind.HOLDS);
                rows.add(null, 117, 100, AS_OF_MS + 600_000, 100, 0, 0);
            }
            case QUERY_PENDING -> {
                rows.begin(RowKind.PENDING);
                rows.add(null, day("2026-03-08"), day("2027-03-31"), 60, 0, 0, 0);
                rows.add(null, NEVER, NEVER, 30, 0, 0, 0);
            }
            case QUERY_EXPIRING -> {
                rows.begin(RowKind.EXPIRING);
                rows.add(null, day("2027-03-31"), 140, 100, 0, 0, 0);
            }
            case QUERY_PROGRESS -> {
                rows.begin(RowKind.PROGRESS);
                rows.add(text("silver"), 1, day("2027-01-01") * 86_400_000L, 0, 0, 0, 0);
                rows.add(text("gold"), 0, Command.NO_TIME, 55_000, 4, 0, 0);
            }
            case QUERY_ORDER -> {
                rows.begin(RowKind.ORDER);
                rows.add(text("order"), 10_000, 4_000, 180, 90, 101, 3);
                rows.add(text("line"), 1, 1, 6_000, 0, 0, 0);
                rows.add(text("line"), 2, 1, 4_000, 1, 4_000, 0);
                rows.add(text("share/base"), 100, 60, 0, 0, 0, 0);
                rows.add(text("share/tier"), 50, 30, 0, 0, 0, 0);
                rows.add(text("share/campaign:double-days"), 30, 0, 0, 0, 0, 0);
            }
            case QUERY_CAMPAIGN -> {
                outcome.memberId = 0;
                rows.begin(RowKind.CAMPAIGN);
                rows.add(text("double-days"), 5_000_000, 4_999_970, 30, 0, 0, 0);
            }
            case QUERY_VERSION -> {
                outcome.memberId = 0;
                rows.begin(RowKind.VERSION);
                rows.add(null, 3, 0xAB, 0xCD, 1, 0, 0);
            }
            case QUERY_COUPONS -> {
                rows.begin(RowKind.COUPONS);
                rows.add(text("latte"), 101, day("2026-04-01"), 10, 7, 0, 0);
                rows.add(text("birthday-cake"), 99, NEVER, 1, 1, 0, 0);
            }
            case QUERY_BENEFITS -> {
                rows.begin(RowKind.BENEFITS);
                rows.add(text("lounge"), 4, 3, 0, 0, 0, 0);
                rows.add(text("five-percent"), -1, -1, 50_000, 0, 0, 0);
            }
            case QUERY_WALLETS -> {
                rows.begin(RowKind.WALLETS);
                rows.add(text("cash"), 7_500, 800, 0, 0, 0, 0);
            }
            default -> programRows(command, outcome);
        }
    }

    private static void programRows(final Command command, final Outcome outcome) {
        final Rows rows = outcome.rows;
        switch (command.type()) {
            case QUERY_REWARD -> {
                outcome.memberId = 0;
                rows.begin(RowKind.REWARD);
                rows.add(text("mug"), 1_000, 880, 320, 200, 0, 0);
            }
            case QUERY_COUPON -> {
                outcome.memberId = 0;
                rows.begin(RowKind.COUPON);
                rows.add(text("latte"), 500, 210, 4, 17, 60, 378_000);
            }
            case QUERY_BOARD -> {
                outcome.memberId = 0;
                rows.begin(RowKind.BOARD);
                rows.add(null, 1, 42, 45_000, 117, 0, 0);
                rows.add(null, 2, 7, 44_000, 93, 0, 0);
            }
            case QUERY_SETTLEMENT -> {
                outcome.memberId = 0;
                rows.begin(RowKind.SETTLEMENT);
                rows.add(null, 1_200, 1_200, 300, 300, 0, 0);
                rows.add(text("bank"), 0, 0, 5_000, 2_500, 0, 0);
            }
            default -> {
                // The balances say enough.
            }
        }
    }

    private static byte[] text(final String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static long day(final String date) {
        return LocalDate.parse(date).toEpochDay();
    }

    private HttpWire serve(final ProgramCompilation programs) throws IOException {
        return serve(
                options().withIdentityKeys(IdentityKeys.none().and(1, new byte[IdentityKeys.KEY_BYTES])),
                new HttpServices(MetricsSource.NONE, () -> ResultCode.ACCEPTED, programs));
    }

    private static String put(final String path, final String header, final byte[] text) {
        return "PUT " + path + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/yaml\r\n" + header
                + "Content-Length: " + text.length + "\r\n\r\n" + new String(text, StandardCharsets.UTF_8);
    }

    private static String request(final Matcher example) throws IOException {
        final String path = example.group(1);
        if (example.group(4) != null) {
            final Path file = Path.of(System.getProperty("tallymark.root"), example.group(4));
            return put(path, example.group(3) + "\r\n", Files.readAllBytes(file));
        }
        return example.group(2) == null ? HttpWire.get(path) : HttpWire.post(path, example.group(2));
    }

    @Test
    void eachExampleIsAnsweredAsPrinted() throws Exception {
        port.ledger = HttpDocumentTest::answer;
        final String document = document();
        final Matcher example = EXAMPLE.matcher(document);
        int examples = 0;
        int compared = 0;
        try (HttpWire wire = serve((program, source) -> ProgramCompilation.Result.of(source))) {
            while (example.find()) {
                final Response response = wire.ask(request(example));
                final String printed = example.group(5);
                if (printed == null) {
                    assertEquals(200, response.status(), example.group() + response.body());
                } else {
                    assertEquals(tokens(printed), tokens(response.body()));
                    compared++;
                }
                examples++;
            }
        }
        assertEquals(document.split("\\ncurl ", -1).length - 1, examples, "each example is understood by this test");
        // One document has no request of its own, see below.
        assertEquals(document.split("```json", -1).length - 2, compared);
    }

    @Test
    void mistakesInAProgramLookAsPrinted() throws Exception {
        final Matcher printed = PROGRAM_INVALID.matcher(document());
        assertTrue(printed.find());
        final ProgramCompilation.Mistake mistake =
                new ProgramCompilation.Mistake("earn.base.points", 14, 9, "is required");
        try (HttpWire wire = serve((program, source) -> ProgramCompilation.Result.of(List.of(mistake)))) {
            final Response response = wire.ask(put("/v1/programs/mima", "", text("program: mima")));
            assertEquals(tokens(printed.group(1)), tokens(response.body()));
        }
    }

    @Test
    void theTableOfRoutesHasEachRoute() throws Exception {
        final List<String> printed = document()
                .lines()
                .filter(line -> line.matches("\\| `(GET|POST|PUT) /.*"))
                .map(line -> line.split("`")[1])
                .sorted()
                .toList();
        final List<String> routes = Arrays.stream(Route.values())
                .filter(route -> route.method() != null)
                .map(route -> route.method() + " " + route.pattern())
                .sorted()
                .toList();
        assertEquals(routes, printed);
    }

    @Test
    void theTableOfBodiesIsThatOfTheShapes() throws Exception {
        final String document = document();
        for (final Route route : Route.values()) {
            if (route.members() != null) {
                final String row = bodyRow(route);
                assertTrue(document.contains("\n" + row + "\n"), row);
            }
        }
        for (int i = 0; i < JsonField.count(); i++) {
            assertTrue(document.contains("`" + JsonField.of(i).memberName() + "`"));
        }
    }

    private static String bodyRow(final Route route) {
        final List<String> required = new ArrayList<>();
        final List<String> optional = new ArrayList<>();
        final BodyMembers members = route.members();
        if (route.command().shape().isKeyed()) {
            required.add("*key*");
        }
        if (members.needsMember()) {
            required.add("*member*");
        }
        for (int i = 0; i < JsonField.count(); i++) {
            final JsonField field = JsonField.of(i);
            final boolean isSaid = field == JsonField.SOURCE
                    || field == JsonField.DOCUMENT_ID
                    || members.needsMember() && (field == JsonField.MEMBER_ID || field == JsonField.IDENTITY);
            if (members.knows(field) && !isSaid) {
                (members.requires(field) ? required : optional).add("`" + field.memberName() + "`");
            }
        }
        return "| `" + route.pattern().substring("/v1/programs/{program}/".length()) + "` | "
                + String.join(", ", required) + " | " + String.join(", ", optional)
                + (optional.isEmpty() ? "|" : " |");
    }

    @Test
    void theTableOfStatusesNamesEveryCodeThatCanCome() throws Exception {
        final String document = document();
        for (final HttpFault fault : HttpFault.values()) {
            assertTrue(document.contains("`" + fault.name() + "`"), fault.name());
            assertTrue(document.contains("" + fault.status().number()), fault.name());
        }
        for (final ResultCode code : ResultCode.values()) {
            final boolean binaryOnly = switch (code) {
                case UNSUPPORTED_VERSION, UNKNOWN_TEMPLATE, TIMED_OUT, DISCONNECTED -> true;
                default -> false;
            };
            assertEquals(!binaryOnly, document.contains("`" + code.name() + "`"), code.name());
        }
    }
}
