package io.tallymark.protocol;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** docs/wire.md says what the schema and the codecs do. */
class WireDocumentTest {
    private static final Path ROOT = Path.of(System.getProperty("tallymark.root", ".."));
    private static final Map<String, Integer> SIZES =
            Map.of("uint64", 8, "int64", 8, "uint32", 4, "int32", 4, "uint16", 2, "TimeMs", 8);

    private final String document = read("docs/wire.md");

    private static String read(final String file) {
        try {
            return Files.readString(ROOT.resolve(file));
        } catch (final java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private byte[] example(final String name) {
        final String block = document.split("```" + name + "\n")[1].split("```")[0];
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (final String line : block.strip().split("\n")) {
            for (final String hex : line.substring(4).strip().split(" ")) {
                bytes.write(Integer.parseInt(hex, 16));
            }
        }
        return bytes.toByteArray();
    }

    @Test
    void theExampleRequestIsWhatTheCodecsReadAndWrite() {
        final UnsafeBuffer frame = new UnsafeBuffer(example("request"));
        assertNull(Framing.checkHeader(frame, 0));
        assertNull(Framing.checkMessages(frame, 0));
        assertEquals(frame.capacity(), Framing.frameLength(frame, 0));
        final Command command = new Command();
        final int length = Framing.messageLength(frame, Framing.HEADER_BYTES);
        assertEquals(ResultCode.ACCEPTED, new CommandDecoder().decode(frame, 12, length, command));
        assertEquals(1, command.correlationId());
        assertEquals(4_711, command.memberId());
        assertEquals(9_990, command.amountMinor());
        assertEquals(java.time.Instant.parse("2026-01-01T00:00:00Z").toEpochMilli(), command.eventTimeMs());
        assertEquals("mima", command.text(VarField.PROGRAM));
        assertEquals("pos", command.text(VarField.SOURCE));
        assertEquals("order-20260101-000001", command.text(VarField.DOCUMENT_ID));
        assertEquals("web", command.text(VarField.CHANNEL));

        final UnsafeBuffer again = new UnsafeBuffer(new byte[512]);
        Framing.putHeader(again, 0, 12 + length, 1);
        Framing.putMessageLength(again, 8, length);
        assertEquals(length, new CommandEncoder().encode(command, again, 12));
        assertArrayEquals(frame.byteArray(), Arrays.copyOf(again.byteArray(), 12 + length));
    }

    @Test
    void theExampleReplyIsWhatTheCodecsReadAndWrite() {
        final UnsafeBuffer frame = new UnsafeBuffer(example("reply"));
        assertNull(Framing.checkHeader(frame, 0));
        assertNull(Framing.checkMessages(frame, 0));
        final int length = Framing.messageLength(frame, Framing.HEADER_BYTES);
        final Reply reply = new Reply();
        new ReplyDecoder().decode(frame, 12, length, reply);
        assertEquals(ResultCode.ACCEPTED, reply.code);
        assertEquals(42, reply.sequence);
        assertEquals(99, reply.points);
        assertEquals(599, reply.availablePoints);
        assertEquals("normal", reply.tier());
        assertEquals(4_711, reply.memberId);

        final Outcome outcome = new Outcome();
        outcome.reset();
        outcome.code = reply.code;
        outcome.sequence = reply.sequence;
        outcome.asOfSequence = reply.asOfSequence;
        outcome.engineTimeMs = reply.engineTimeMs;
        outcome.points = reply.points;
        outcome.basePoints = reply.basePoints;
        outcome.availablePoints = reply.availablePoints;
        outcome.memberId = reply.memberId;
        outcome.tierId = "normal".getBytes(java.nio.charset.StandardCharsets.UTF_8);
        final UnsafeBuffer again = new UnsafeBuffer(new byte[1_024]);
        final Command command = new Command().reset(CommandType.ACCRUE).correlationId(reply.correlationId);
        assertEquals(length, new ReplyEncoder().encodeOutcome(command, outcome, reply.durability, again, 12));
        assertArrayEquals(
                Arrays.copyOfRange(frame.byteArray(), 12, 12 + length),
                Arrays.copyOfRange(again.byteArray(), 12, 12 + length));
    }

    @Test
    void everyCodeIsThereWithItsNumberInItsOrder() {
        int at = 0;
        for (final ResultCode code : ResultCode.values()) {
            final String row = "| " + code.number() + " | " + code + " | "
                    + code.kind().name().toLowerCase(java.util.Locale.ROOT) + " | " + code.meaning() + " |";
            final int found = document.indexOf(row, at);
            assertTrue(found > 0, row);
            at = found;
        }
    }

    @Test
    void everyFieldIsThereAtItsOffset() throws Exception {
        final Element schema = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(ROOT.resolve("protocol/src/main/resources/tallymark-wire.xml")
                        .toFile())
                .getDocumentElement();
        int messages = 0;
        for (Node node = schema.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element message && message.getNodeName().equals("sbe:message")) {
                messages++;
                final String name = message.getAttribute("name");
                final int template = Integer.parseInt(message.getAttribute("id"));
                if (template < 64) {
                    final String row = requestRow(message, CommandType.ofCode(template));
                    assertTrue(document.contains(row), row);
                    continue;
                }
                final int start = document.indexOf("### " + name + ": template " + template + ", ");
                assertTrue(start > 0, name);
                final int end = document.indexOf("\n##", start + 3);
                assertFields(message, document.substring(start, end), name);
            }
        }
        assertEquals(61, messages);
    }

    /** The row of a request: layout by the schema, what must be there by the shape. */
    private static String requestRow(final Element message, final CommandType type) {
        final List<String> block = new ArrayList<>();
        final List<String> data = new ArrayList<>();
        int offset = 0;
        String lines = "–";
        for (Node node = message.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (!(node instanceof Element element)) {
                continue;
            }
            final String name = element.getAttribute("name");
            if (element.getNodeName().equals("field")) {
                block.add(name + mark(type, name) + " " + offset);
                offset += SIZES.getOrDefault(element.getAttribute("type"), 1);
            } else if (element.getNodeName().equals("group")) {
                lines = type.shape().lines().name().toLowerCase(Locale.ROOT);
            } else if (!name.equals("identityChannel") && !name.equals("externalId")) {
                data.add(name + mark(type, name));
            }
        }
        block.remove(0);
        final String identity = switch (type.shape().identity()) {
            case NONE -> "–";
            case INSTEAD_OF_MEMBER -> "instead";
            case REQUIRED -> "both";
            case OPTIONAL -> "optional";
        };
        return "| " + type.code() + " | " + message.getAttribute("name") + " | " + offset + " | " + joined(block)
                + " | " + lines + " | " + joined(data) + " | " + identity + " | "
                + message.getAttribute("description") + " |";
    }

    private static String joined(final List<String> names) {
        return names.isEmpty() ? "–" : String.join(", ", names);
    }

    private static String mark(final CommandType type, final String name) {
        for (final FixedField field : type.shape().fixedFields()) {
            if (field.wireName().equals(name) && type.shape().requires(field)) {
                return "*";
            }
        }
        for (final VarField field : type.shape().varFields()) {
            if (field.wireName().equals(name) && type.shape().requires(field)) {
                return "*";
            }
        }
        return "";
    }

    @Test
    void everyFieldOfRequestsIsExplained() {
        final List<String> explained = new ArrayList<>();
        final int end = document.indexOf("| template | message |");
        for (final String row :
                document.substring(document.indexOf("## Requests"), end).split("\n")) {
            if (row.startsWith("| ")) {
                explained.addAll(List.of(row.split(" \\| ")[0].substring(2).split(", ")));
            }
        }
        for (final FixedField field : FixedField.values()) {
            assertTrue(field.wireBytes() == 0 || explained.contains(field.wireName()), field.name());
        }
        for (final VarField field : VarField.values()) {
            assertTrue(field == VarField.LINES || explained.contains(field.wireName()), field.name());
        }
    }

    @Test
    void everyKindOfRowsIsThere() {
        for (final RowKind kind : RowKind.values()) {
            final List<String> columns = new ArrayList<>();
            for (int i = 0; i < kind.columnCount(); i++) {
                columns.add(kind.column(i));
            }
            final String row = "| " + kind.code() + " | " + kind + " | "
                    + (kind.textName().isEmpty() ? "–" : kind.textName()) + " | " + joined(columns) + " |";
            assertTrue(document.contains(row), row);
        }
        for (final Clip clip : Clip.values()) {
            assertTrue(document.contains(clip.ordinal() + " " + clip), clip.name());
        }
    }

    private static void assertFields(final Element parent, final String section, final String name) {
        int offset = 0;
        int at = 0;
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (!(node instanceof Element element)) {
                continue;
            }
            if (element.getNodeName().equals("group")) {
                final int group = section.indexOf("Group `" + element.getAttribute("name") + "`");
                assertTrue(group > at, name);
                assertFields(element, section.substring(group), name + "." + element.getAttribute("name"));
                continue;
            }
            final boolean fixed = element.getNodeName().equals("field");
            final String row =
                    "| " + (fixed ? Integer.toString(offset) : "then") + " | " + element.getAttribute("name") + " | ";
            at = section.indexOf(row, at);
            assertTrue(at > 0, name + ": " + row);
            offset += fixed ? SIZES.getOrDefault(element.getAttribute("type"), 1) : 0;
        }
        if (parent.getNodeName().equals("sbe:message")) {
            assertTrue(section.contains("block of " + offset + " bytes"), name);
        } else {
            assertTrue(section.contains("entry block length (" + offset + ")"), name);
        }
    }
}
