package io.tallymark.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** The messages of the wire schema are those of the shapes: by these the codecs work, by those everybody else. */
class SchemaShapeTest {
    private static final Path SCHEMA =
            Path.of(System.getProperty("tallymark.root", ".."), "protocol/src/main/resources/tallymark-wire.xml");
    private static final Map<String, Integer> SIZES = Map.of(
            "uint64",
            8,
            "int64",
            8,
            "uint32",
            4,
            "int32",
            4,
            "uint16",
            2,
            "TimeMs",
            8,
            "OrderFlags",
            1,
            "LineFlags",
            1,
            "AdjustFlags",
            1);
    private static final List<String> ORDER_LINE =
            List.of("number@0+2", "quantity@2+4", "amountMinor@6+8", "flags@14+1", "sku", "category", "brand");
    private static final List<String> REFUND_LINE = List.of("number@0+2", "quantity@2+4", "amountMinor@6+8");

    @Test
    void everyMessageIsLaidOutAsItsShapeSays() throws Exception {
        final Map<Integer, Element> messages = requests();
        final Set<Integer> expected = new TreeSet<>();
        for (final CommandType type : CommandType.values()) {
            if (CommandDecoder.requestOf(type.code()) != null) {
                expected.add(type.code());
                final Element message = messages.get(type.code());
                assertTrue(message != null, type + " has no message");
                assertEquals(messageName(type), message.getAttribute("name"));
                assertEquals(fieldsOf(type), fieldsOf(message), type.name());
                assertFlags(type, message);
            }
        }
        assertEquals(expected, messages.keySet());
        assertTrue(expected.size() >= 39, "requests: " + expected.size());
    }

    private static Map<Integer, Element> requests() throws Exception {
        final Map<Integer, Element> messages = new TreeMap<>();
        for (final Element element : children(schema())) {
            if (element.getNodeName().equals("sbe:message") && Integer.parseInt(element.getAttribute("id")) < 64) {
                messages.put(Integer.parseInt(element.getAttribute("id")), element);
            }
        }
        return messages;
    }

    private static Element schema() throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(SCHEMA.toFile())
                .getDocumentElement();
    }

    /** The layout that the shape gives, read off its own offsets. */
    private static List<String> fieldsOf(final CommandType type) {
        final CommandShape shape = type.shape();
        final List<String> fields = new ArrayList<>();
        fields.add("correlationId@0+8");
        for (final FixedField field : shape.fixedFields()) {
            fields.add(field.wireName() + "@" + shape.offset(field) + "+" + field.wireBytes());
        }
        fields.add("block " + shape.blockBytes());
        if (shape.lines() != CommandShape.Lines.NONE) {
            fields.add("lines " + (shape.lines() == CommandShape.Lines.ORDER ? ORDER_LINE : REFUND_LINE));
        }
        for (final VarField field : shape.varFields()) {
            fields.add(field.wireName()
                    + (field == VarField.COMPILED_PROGRAM || field == VarField.SOURCE_TEXT ? ":32" : ""));
        }
        if (shape.identity() != CommandShape.Identity.NONE) {
            fields.add("identityChannel");
            fields.add("externalId");
        }
        return fields;
    }

    /** The layout that the schema gives, by the rules of SBE. */
    private static List<String> fieldsOf(final Element parent) {
        final List<String> fields = new ArrayList<>();
        int offset = 0;
        boolean inBlock = true;
        for (final Element element : children(parent)) {
            final String name = element.getAttribute("name");
            if (element.getNodeName().equals("field")) {
                final int size = SIZES.get(element.getAttribute("type"));
                fields.add(name + "@" + offset + "+" + size);
                offset += size;
                continue;
            }
            if (inBlock && parent.getNodeName().equals("sbe:message")) {
                fields.add("block " + offset);
            }
            inBlock = false;
            fields.add(
                    element.getNodeName().equals("group")
                            ? name + " " + fieldsOf(element)
                            : name + (element.getAttribute("type").equals("varBytes32") ? ":32" : ""));
        }
        if (inBlock && parent.getNodeName().equals("sbe:message")) {
            fields.add("block " + offset);
        }
        return fields;
    }

    /** The n-th choice of the set is the n-th flag that the shape knows. */
    private static void assertFlags(final CommandType type, final Element message) throws Exception {
        final List<String> names = new ArrayList<>();
        for (final Element field : children(message)) {
            if (field.getAttribute("name").equals("flags")) {
                for (final Element types : children(schema())) {
                    for (final Element set : children(types)) {
                        if (set.getAttribute("name").equals(field.getAttribute("type"))) {
                            children(set).forEach(choice -> names.add(choice.getAttribute("name")));
                        }
                    }
                }
            }
        }
        final List<String> expected = new ArrayList<>();
        for (int left = type.shape().flags(); left != 0; left &= left - 1) {
            expected.add(Integer.lowestOneBit(left) == Command.FLAG_NO_VISIT ? "noVisit" : "mayGoBelowZero");
        }
        assertEquals(expected, names, type.name());
    }

    private static String messageName(final CommandType type) {
        final StringBuilder name = new StringBuilder();
        for (final String word : type.name().split("_")) {
            name.append(word.charAt(0)).append(word.substring(1).toLowerCase(java.util.Locale.ROOT));
        }
        return name.toString();
    }

    private static List<Element> children(final Element parent) {
        final List<Element> elements = new ArrayList<>();
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element) {
                elements.add(element);
            }
        }
        return elements;
    }
}
