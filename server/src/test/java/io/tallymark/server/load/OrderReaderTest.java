package io.tallymark.server.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallymark.protocol.Command;
import io.tallymark.protocol.CommandDecoder;
import io.tallymark.protocol.CommandEncoder;
import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.Limits;
import io.tallymark.protocol.ResultCode;
import io.tallymark.protocol.VarField;
import io.tallymark.protocol.Varint;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class OrderReaderTest {
    private static final String HEADER = "orderId,memberId,eventTime,amount,sku,category,quantity,channel\n";
    private static final ZoneOffset CHINA = ZoneOffset.ofHours(8);

    private final List<String> unusable = new ArrayList<>();
    private Returns returns = Returns.UNUSABLE;

    @Test
    void consecutiveRowsWithOneIdAreOneOrder() throws IOException {
        final List<String> orders = read(HEADER
                + "A-1,7,2024-02-29T12:00,10.50,SKU1,food,2,shop\n"
                + "A-1,7,2024-02-29T12:01,0.01,SKU2,,1,shop\n"
                + "A-2,8,2024-03-01,3,,,1,\n");
        assertEquals(
                List.of(
                        "A-1 member=7 amount=1051 channel=shop time=2024-02-29T04:00:00Z lines=[1:2x1050 SKU1/food, 2:1x1 SKU2/]",
                        "A-2 member=8 amount=300 channel= time=2024-02-29T16:00:00Z lines=[1:1x300 /]"),
                orders);
        assertEquals(List.of(), unusable);
    }

    @Test
    void anOrderThatComesAgainLaterIsAnotherOne() throws IOException {
        assertEquals(
                3,
                read(HEADER + "A,7,2024-01-01,1,,,1,\nB,7,2024-01-01,1,,,1,\nA,7,2024-01-01,1,,,1,\n")
                        .size());
    }

    /** Every reason once, amid an order of two good rows, which must stay one order. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "A,7,2024-01-01,1                     | too few columns: 4 of 8",
                ",7,2024-01-01,1,,,1,                 | no order id",
                "A,,2024-01-01,1,,,1,                 | no member",
                "A,0,2024-01-01,1,,,1,                | bad member id: '0'",
                "A,-7,2024-01-01,1,,,1,               | bad member id: '-7'",
                "A,7.0,2024-01-01,1,,,1,              | bad member id: '7.0'",
                "A,9223372036854775808,2024-01-01,1,,,1,| bad member id: '9223372036854775808'",
                "A,7,2023-02-29,1,,,1,                | bad time: '2023-02-29'",
                "A,7,,1,,,1,                          | bad time: ''",
                "A,7,1969-12-31,1,,,1,                | bad time: '1969-12-31'",
                "A,7,2024-01-01,,,,1,                 | bad amount: ''",
                "A,7,2024-01-01,1e3,,,1,              | bad amount: '1e3'",
                "A,7,2024-01-01,.5,,,1,               | bad amount: '.5'",
                "A,7,2024-01-01,¥5,,,1,               | bad amount: '¥5'",
                "A,7,2024-01-01,1.005,,,1,            | amount with more than two decimals: '1.005'",
                "A,7,2024-01-01,-1.00,,,1,            | negative amount: '-1.00'",
                "A,7,2024-01-01,0.00,,,1,             | zero amount",
                "A,7,2024-01-01,10000000000000.01,,,1,| amount too large: '10000000000000.01'",
                "A,7,2024-01-01,10000000000000.00,,,1,| amount too large: order A",
                "A,7,2024-01-01,1,,,-1,               | negative quantity: '-1'",
                "A,7,2024-01-01,1,,,0,                | zero quantity: '0'",
                "A,7,2024-01-01,1,,,1.5,              | bad quantity: '1.5'",
                "A,7,2024-01-01,1,,,2147483648,       | bad quantity: '2147483648'",
                "A,7,2024-01-01,1,a\u0007b,,1,        | bad text: 'sku a?b'",
                "A,8,2024-01-01,1,,,1,                | another member than its order: order A",
                "A,7,2024-01-01,1,,,1,web             | another channel than its order: order A",
                "A,7,2024-01-01,1,\"x\"y,,1,          | unreadable row: Unexpected character after closing quote: 'y' (0x79)"
            })
    void anUnusableRowIsNamedAndItsOrderKeptWithoutIt(final String row, final String expected) throws IOException {
        final List<String> orders = read(
                HEADER + "A,7,2024-01-01,1.00,,,1,\n" + row + "\nA,7,2024-01-01,2.00,,,1,\nB,7,2024-01-01,1,,,1,\n");
        assertEquals(List.of("3: " + expected), unusable);
        assertEquals(2, orders.size(), orders.toString());
        assertTrue(orders.get(0).startsWith("A member=7 amount=300 channel= "), orders.get(0));
        assertTrue(orders.get(0).endsWith("lines=[1:1x100 /, 2:1x200 /]"), orders.get(0));
    }

    @Test
    void anUnusableRowOfTheNextOrderEndsTheOrder() throws IOException {
        final List<String> orders = read(HEADER
                + "A,7,2024-01-01,1,,,1,\nB,,2024-01-01,1,,,1,\nA,7,2024-01-01,1,,,1,\n\"B \",9,2024-01-01,5,,,1,\n");
        assertEquals(3, orders.size(), orders.toString());
        assertTrue(orders.get(2).startsWith("B member=9 amount=500"));
    }

    @Test
    void anOrderOfNothingButReturnedRowsIsAReturnOfTheirSum() throws IOException {
        returns = Returns.UNREFERENCED;
        final List<String> orders = read(HEADER
                + "C1,7,2024-02-29T12:00,-10.50,SKU1,food,1,shop\n"
                + "C1,7,2024-02-29T12:01,0.25,SKU2,,-3,shop\n"
                + "C1,7,2024-02-29T12:01,0.00,SKU2,,-3,shop\n"
                + "A,7,2024-03-01,3,,,1,\n"
                + "C2,8,2024-03-01,-1,,,-1,\n");
        assertEquals(
                List.of(
                        "return C1 member=7 amount=1075 channel=shop time=2024-02-29T04:00:00Z lines=[]",
                        "A member=7 amount=300 channel= time=2024-02-29T16:00:00Z lines=[1:1x300 /]",
                        "return C2 member=8 amount=100 channel= time=2024-02-29T16:00:00Z lines=[]"),
                orders);
        assertEquals(List.of("4: zero amount"), unusable);
    }

    /** Wherever the rows that sell stand, the others are left out and named as they are without the option. */
    @ParameterizedTest
    @CsvSource({"-++, 2", "+-+, 3", "++-, 4", "--+, 2;3", "+--, 3;4", "-+-, 2;4"})
    void aMixedOrderKeepsTheRowsThatSell(final String signs, final String leftOut) throws IOException {
        final StringBuilder text = new StringBuilder(HEADER);
        int sold = 0;
        for (final char sign : signs.toCharArray()) {
            final boolean sells = sign == '+';
            text.append("A,")
                    .append(sells ? 7 : 9)
                    .append(",2024-01-01,1.00,,,")
                    .append(sells ? 2 : -2);
            text.append(",\n");
            sold += sells ? 1 : 0;
        }
        text.append("C,7,2024-01-01,-1.00,,,1,\n");
        final List<String> withoutReturns = read(text.toString());
        final List<String> leftOutWithout = List.copyOf(unusable);
        unusable.clear();
        returns = Returns.UNREFERENCED;
        final List<String> orders = read(text.toString());
        assertEquals(withoutReturns.get(0), orders.get(0));
        assertTrue(orders.get(0).startsWith("A member=7 amount=" + 100 * sold + " "), orders.get(0));
        assertTrue(orders.get(1).startsWith("return C member=7 amount=100 "), orders.get(1));
        assertEquals(2, orders.size());
        assertEquals(
                leftOutWithout.subList(0, unusable.size()),
                unusable.stream().sorted().toList());
        assertEquals(
                leftOut,
                String.join(
                        ";",
                        unusable.stream().map(u -> u.substring(0, 1)).sorted().toList()));
    }

    /** What was kept of one return must not come up in the next order. */
    @Test
    void anEndedReturnIsForgotten() throws IOException {
        returns = Returns.UNREFERENCED;
        final List<String> orders = read(HEADER
                + "C,7,2024-01-01,-1,,,1,\nB,,2024-01-01,1,,,1,\nC,7,2024-01-01,1,,,1,\n"
                + "D,7,2024-01-01,-1,,,1,\nE,7,2024-01-01,1,,,1,\nE,7,2024-01-01,1,,,1,\n");
        assertEquals(4, orders.size(), orders.toString());
        assertEquals(List.of("3: no member"), unusable);
    }

    @Test
    void orderIdsKeepToWhatTheWireTakes() throws IOException {
        final String longest = "x".repeat(Limits.MAX_DOCUMENT_ID_BYTES);
        read(HEADER + longest + ",7,2024-01-01,1,,,1,\n" + longest
                + "x,7,2024-01-01,1,,,1,\nA B,7,2024-01-01,1,,,1,\nÄ,7,2024-01-01,1,,,1,\n");
        assertEquals(3, unusable.size());
        assertEquals("4: bad order id: 'A B'", unusable.get(1));
        assertEquals("5: bad order id: 'Ä'", unusable.get(2));
    }

    @Test
    void textsAreMeasuredInBytes() throws IOException {
        final String fits = "é".repeat(32);
        final List<String> orders = read(HEADER + "A,7,2024-01-01,1," + fits + ",,1,\nB,7,2024-01-01,1," + fits
                + "x,,1,\nC,7,2024-01-01,1,,,1," + fits + "\n");
        assertEquals(2, orders.size());
        assertTrue(orders.get(0).contains(fits));
        assertEquals(List.of("3: bad text: 'sku " + fits + "x'"), unusable);
    }

    @Test
    void anOrderHasAtMostAThousandLinesAndNoMoreBytesThanACommand() throws IOException {
        final StringBuilder text = new StringBuilder(HEADER);
        text.append("A,7,2024-01-01,0.01,,,1,\n".repeat(1_002));
        final String wide = "w".repeat(64);
        text.append(("B,7,2024-01-01,0.01," + wide + "," + wide + ",1,\n").repeat(1_000));
        final List<String> orders = read(text.toString());
        assertTrue(orders.get(0).startsWith("A member=7 amount=1000 "));
        assertEquals("1002: order too large: order A", unusable.get(0));
        assertEquals(2, unusable.stream().filter(u -> u.endsWith("order A")).count());
        final int kept = 1_000 - (unusable.size() - 2);
        assertTrue(
                orders.get(1).startsWith("B member=7 amount=" + kept + " "),
                orders.get(1).substring(0, 60));
        assertTrue(kept > 850 && kept < 1_000, "kept " + kept);
    }

    @Test
    void aSingleRowThatSaysNothingButAnAmountNeedsNoLine() throws IOException {
        assertEquals(
                List.of(
                        "1 member=7 amount=100 channel= time=none lines=[]",
                        "2 member=7 amount=200 channel= time=none lines=[]"),
                read("7;1.00\n7;2\n", ";", "orderId=#line,memberId=1,amount=2", null));
    }

    @Test
    void columnsByNameProductAndLineNumber() throws IOException {
        assertEquals(
                List.of(
                        "536 member=17 amount=1530 channel= time=2010-11-30T16:00:00Z lines=[1:6x1530 71053/]",
                        "537 member=18 amount=100 channel= time=2010-11-30T16:00:00Z lines=[1:8x100 x/]"),
                read(
                        "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID\r\n"
                                + "536,71053,\"LANTERN, \"\"WHITE\"\"\",6,1/12/2010,2.55,17\r\n"
                                + "537,x,,8,1/12/2010,0.125,18\r\n"
                                + "538,x,,3,1/12/2010,0.125,18\r\n",
                        ",",
                        "orderId=InvoiceNo,memberId=CustomerID,eventTime=InvoiceDate,amount=Quantity*UnitPrice,sku=StockCode,quantity=Quantity",
                        EventTimes.pattern("d/M/yyyy", CHINA)));
        assertEquals(List.of("4: amount with more than two decimals: '0.375'"), unusable);
    }

    @Test
    void runsOfBlanksAndLineNumbersOfTheFile() throws IOException {
        final List<String> orders = read(
                "  00001 20210101  1   11.77\r\n\r\n00002\t20210112 5 77.00\r\n",
                "blanks",
                "orderId=#line,memberId=1,eventTime=2,amount=4,quantity=3",
                EventTimes.pattern("yyyyMMdd", CHINA));
        assertEquals(
                List.of(
                        "1 member=1 amount=1177 channel= time=2020-12-31T16:00:00Z lines=[1:1x1177 /]",
                        "3 member=2 amount=7700 channel= time=2021-01-11T16:00:00Z lines=[1:5x7700 /]"),
                orders);
    }

    @Test
    void quotesSpanLinesAndAnUnclosedOneCostsOneRow() throws IOException {
        final List<String> orders = read(HEADER
                + "A,7,2024-01-01,1,\"\",\"two\nlines\",1,\n"
                + "B,7,2024-01-01,1,\"open,,1,\n"
                + "C,7,2024-01-01,1,,,1,\n".repeat(1)
                + "D,7,2024-01-01,1,,,1,\n");
        assertEquals(
                List.of(
                        "2: bad text: 'category two?lines'",
                        "4: unreadable row: Unclosed quoted field at end of input"),
                unusable);
        assertEquals(
                List.of("C", "D"), orders.stream().map(o -> o.substring(0, 1)).toList());
    }

    @Test
    void oddBytesCostNoRow() throws IOException {
        final byte[] text = (HEADER
                        + "A,7,2024-01-01,1,caf\u00e9,,1,\nB,7,2024-01-01,1,\u4e2d?\u4e2d,,1,\nC,7,2024-01-01,1,a\rb,,1,\n")
                .getBytes(StandardCharsets.UTF_8);
        final int at = new String(text, StandardCharsets.ISO_8859_1).indexOf('?');
        text[at] = (byte) 0xE9;
        final List<String> orders = read(new ByteArrayInputStream(text), ",", "", EventTimes.iso(CHINA));
        assertTrue(orders.get(0).contains("café/"), orders.get(0));
        assertTrue(orders.get(1).contains("中é中/"), orders.get(1));
        assertTrue(orders.get(2).contains("a b/"), orders.get(2));
    }

    @Test
    void aLineOfAnyLengthIsRefusedWithoutBeingKept() throws IOException {
        final List<String> orders = read(
                HEADER + "A,7,2024-01-01,1," + "x".repeat(FileLines.MAX_LINE_BYTES) + ",,1,\nB,7,2024-01-01,1,,,1,");
        assertEquals(List.of("2: unreadable row: the line is longer than 1048576 bytes"), unusable);
        assertEquals(1, orders.size());
    }

    @Test
    void aByteOrderMarkIsNoPartOfTheHeader() throws IOException {
        assertEquals(1, read("\uFEFF" + HEADER + "A,7,2024-01-01,1,,,1,\n").size());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2024-01-01                | 2023-12-31T16:00:00Z",
                "2024-01-01T10:20          | 2024-01-01T02:20:00Z",
                "2024-01-01 10:20:30       | 2024-01-01T02:20:30Z",
                "2024-01-01T10:20:30.5Z    | 2024-01-01T10:20:30.500Z",
                "2024-01-01T10:20+01:00    | 2024-01-01T09:20:00Z"
            })
    void isoTimes(final String text, final String instant) {
        assertEquals(
                Instant.parse(instant).toEpochMilli(), EventTimes.iso(CHINA).parse(text));
    }

    @Test
    void daysThatDoNotExistAreNotMoved() {
        final EventTimes times = EventTimes.pattern("d/M/yyyy", CHINA);
        assertThrows(java.time.DateTimeException.class, () -> times.parse("31/2/2021"));
        assertEquals(Instant.parse("2021-02-27T16:00:00Z").toEpochMilli(), times.parse("28/2/2021"));
        assertEquals(
                Instant.parse("2021-02-28T05:06:00Z").toEpochMilli(),
                EventTimes.pattern("dd MMM yy hh:mm a X", CHINA).parse("28 feb 21 05:06 AM Z"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "HH:mm          | the time format 'HH:mm' does not fix a day",
                "yyyy-MM        | the time format 'yyyy-MM' does not fix a day",
                "dd/MM/yyyy hh:mm | the time format 'dd/MM/yyyy hh:mm' does not fix an hour (HH, or hh with a)",
                "yyyy-MM-dd VV  | the time format 'yyyy-MM-dd VV' names a zone; only offsets (X, x, Z) are read",
                "yyyy-QQ{       | 'yyyy-QQ{' is no time format: Pattern includes reserved character: '{'"
            })
    void timeFormatsThatCannotWorkAreRefusedAtOnce(final String pattern, final String expected) {
        assertEquals(
                expected,
                assertThrows(IllegalArgumentException.class, () -> EventTimes.pattern(pattern, CHINA))
                        .getMessage());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "amount            | 'amount' in --columns is not of the form field=Column",
                "amuont=1          | --columns names no field 'amuont' (did you mean 'amount'?); there are orderId, memberId, eventTime, amount, sku, category, quantity, channel",
                "amount=1,amount=2 | --columns maps amount twice",
                "amount=           | --columns gives no column for amount",
                "amount=0          | --columns counts columns from 1",
                "sku=A*B           | only amount can be a product of columns, not sku",
                "sku=#line         | only orderId can be #line, not sku",
                "amount=1,sku=Name | --columns mixes numbers and names: numbers are for files without a header, names for files with one"
            })
    void mappingsThatCannotWorkAreRefusedAtOnce(final String mapping, final String expected) {
        assertEquals(
                expected,
                assertThrows(IllegalArgumentException.class, () -> ColumnMapping.parse(mapping))
                        .getMessage());
    }

    @Test
    void missingColumnsAreNamedWithTheirRemedy() {
        assertEquals(
                "the header (orderId, memberId, amount) has no column eventTime; map one with --columns eventTime=…, or give --time now",
                assertThrows(IllegalArgumentException.class, () -> read("orderId,memberId,amount\n"))
                        .getMessage());
        assertEquals(
                "the file has no column 'Amount' (did you mean 'amount'?); its header is orderId, memberId, amount",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> read("orderId,memberId,amount\n", ",", "amount=Amount", null))
                        .getMessage());
        assertEquals(
                "--columns maps no column to orderId; map one with --columns orderId=…",
                assertThrows(IllegalArgumentException.class, () -> read("", ",", "amount=1,memberId=2", null))
                        .getMessage());
        assertEquals(
                "the file has no header that can be read: it is empty",
                assertThrows(IllegalArgumentException.class, () -> read("")).getMessage());
    }

    private List<String> read(final String text) throws IOException {
        return read(text, ",", "", EventTimes.iso(CHINA));
    }

    private List<String> read(final String text, final String delimiter, final String columns, final EventTimes times)
            throws IOException {
        return read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), delimiter, columns, times);
    }

    private List<String> read(
            final InputStream in, final String delimiter, final String columns, final EventTimes times)
            throws IOException {
        final OrderReader reader = new OrderReader(
                in,
                Delimiter.of(delimiter),
                ColumnMapping.parse(columns),
                times,
                returns,
                (line, reason, detail) ->
                        unusable.add(line + ": " + reason.label() + (detail.isEmpty() ? "" : ": " + detail)));
        final List<String> orders = new ArrayList<>();
        final Order order = new Order();
        final Command command = new Command();
        command.lend(new UnsafeBuffer(new byte[Limits.MAX_COMMAND_BYTES]));
        while (reader.next(order)) {
            orders.add(describe(order.fill(command, "p", "load")));
            assertTrue(command.bytesLength() <= order.commandBytes(), "the bound of the command's bytes holds");
            assertEquals(ResultCode.ACCEPTED, overTheWire(command), order.orderId());
        }
        return orders;
    }

    /** No order that the reader lets through is malformed for the server. */
    private static ResultCode overTheWire(final Command command) {
        final CommandEncoder encoder = new CommandEncoder();
        final UnsafeBuffer message = new UnsafeBuffer(new byte[encoder.maxLength(command)]);
        final int length = encoder.encode(command, message, 0);
        final Command received = new Command();
        received.lend(new UnsafeBuffer(new byte[Limits.MAX_COMMAND_BYTES]));
        return new CommandDecoder().decode(message, 0, length, received);
    }

    /** What the engine would read out of the command. */
    private static String describe(final Command c) {
        assertEquals("p", c.text(VarField.PROGRAM));
        assertEquals("load", c.text(VarField.SOURCE));
        final List<String> lines = new ArrayList<>();
        long sum = 0;
        final Varint.Reader in =
                new Varint.Reader().wrap(c.bytes(), c.offset(VarField.LINES), c.length(VarField.LINES));
        for (int i = 0; i < c.lineCount(); i++) {
            final long number = in.next();
            final long quantity = in.next();
            final long amount = in.next();
            assertEquals(0, in.nextByte());
            lines.add(number + ":" + quantity + "x" + amount + " " + text(c, in) + "/" + text(c, in));
            assertEquals("", text(c, in), "brand");
            sum += amount;
        }
        assertEquals(0, in.remaining());
        assertTrue(c.lineCount() == 0 || sum == c.amountMinor(), "the lines sum to the amount");
        final String time = c.eventTimeMs() == Command.NO_TIME
                ? "none"
                : Instant.ofEpochMilli(c.eventTimeMs()).toString();
        final String kind = c.type() == CommandType.RETURN_UNREFERENCED ? "return " : "";
        return kind + c.text(VarField.DOCUMENT_ID) + " member=" + c.memberId() + " amount=" + c.amountMinor()
                + " channel=" + c.text(VarField.CHANNEL) + " time=" + time + " lines=" + lines;
    }

    private static String text(final Command c, final Varint.Reader in) {
        final byte[] text = new byte[in.nextByte() & 0xFF];
        c.bytes().getBytes(in.skip(text.length), text);
        return new String(text, StandardCharsets.UTF_8);
    }
}
