package io.tallymark.gateway.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import io.tallymark.gateway.http.HttpWire.Response;
import io.tallymark.protocol.ResultCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The examples of docs/http.md work as printed, and its table names every code. */
@Timeout(60)
class HttpDocumentTest extends HttpFixture {
    private static final Pattern EXAMPLE = Pattern.compile(
            "```sh\\ncurl -s http://127\\.0\\.0\\.1:8080(\\S+)(?: -H 'Content-Type: application/json' -d '([^']*)')?\\n```"
                    + "(?:\\n\\n```json\\n(.*?)```)?",
            Pattern.DOTALL);

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

    @Test
    void eachExampleIsAnsweredAsPrinted() throws Exception {
        port.ledger = (command, outcome) -> {
            outcome.sequence = 118;
            outcome.asOfSequence = 118;
            outcome.engineTimeMs = 1_772_323_200_007L;
            outcome.points = 99;
            outcome.basePoints = 90;
            outcome.tierPoints = 9;
            outcome.availablePoints = 140;
            outcome.lifetimeSpendMinor = 45_000;
            outcome.lifetimePoints = 240;
            outcome.lifetimeVisits = 6;
            outcome.tierId = "silver".getBytes(StandardCharsets.UTF_8);
        };
        final String document = document();
        final Matcher example = EXAMPLE.matcher(document);
        int examples = 0;
        int compared = 0;
        try (HttpWire wire = serve()) {
            while (example.find()) {
                final String path = example.group(1);
                final String body = example.group(2);
                final Response response = wire.ask(body == null ? HttpWire.get(path) : HttpWire.post(path, body));
                final String printed = example.group(3);
                if (printed == null) {
                    assertEquals(200, response.status(), response.body());
                } else {
                    assertEquals(tokens(printed), tokens(response.body()));
                    compared++;
                }
                examples++;
            }
        }
        assertEquals(document.split("\\ncurl ", -1).length - 1, examples, "each example is understood by this test");
        assertEquals(document.split("```json", -1).length - 1, compared);
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
                case UNSUPPORTED_VERSION, UNKNOWN_TEMPLATE, PROGRAM_INVALID, TIMED_OUT, DISCONNECTED -> true;
                default -> false;
            };
            assertEquals(!binaryOnly, document.contains("`" + code.name() + "`"), code.name());
        }
    }
}
