package io.tallymark.server.load;

import io.tallymark.protocol.Limits;
import io.tallymark.server.CommandFailure;
import io.tallymark.server.ExitCode;
import io.tallymark.server.HostPort;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneOffset;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Sends a file of orders to a server. */
@Command(
        name = "load",
        description = {
            "Sends a file of orders to a server, as a stream, and says what became of them.",
            "",
            "The canonical header is orderId,memberId,eventTime,amount,sku,category,quantity,channel; the first two and "
                    + "amount are needed, eventTime too unless --time now. Consecutive rows with one order id are the "
                    + "lines of one order. Amounts are in major units with at most two decimals. A row that cannot be "
                    + "used is counted and named, its order is kept without it. Loading a file again changes nothing: "
                    + "the key of an order is its id together with --source.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  tallymark load --to localhost:7400 --program mima --file orders.csv",
            "  tallymark load --to localhost:7400 --program mima --file cdnow_master.txt --delimiter blanks \\",
            "      --columns orderId=#line,memberId=1,eventTime=2,amount=4,quantity=3 --time-format yyyyMMdd",
            "  tallymark load --to localhost:7400 --program mima --file online_retail_lines.csv \\",
            "      --columns orderId=InvoiceNo,memberId=CustomerID,eventTime=InvoiceDate,amount=Quantity*UnitPrice,\\",
            "sku=StockCode,quantity=Quantity --time-format d/M/yyyy --returns unreferenced",
            "",
            "The file is read as UTF-8; a byte that is not UTF-8 is taken as ISO-8859-1."
        })
public final class LoadCommand implements Callable<Integer> {
    private static final int NAMED_ROWS = 20;

    @Spec
    private CommandSpec spec;

    @Option(names = "--to", required = true, paramLabel = "HOST:PORT", description = "The server's binary port.")
    private String to;

    @Option(
            names = "--program",
            required = true,
            paramLabel = "NAME",
            description = "The program that the orders earn in.")
    private String program;

    @Option(names = "--file", required = true, paramLabel = "FILE", description = "The orders.")
    private Path file;

    @Option(
            names = "--delimiter",
            paramLabel = "C",
            defaultValue = ",",
            description = "Between fields: a character, 'tab', or 'blanks' for runs of blanks (${DEFAULT-VALUE}).")
    private String delimiter;

    @Option(
            names = "--columns",
            paramLabel = "FIELD=COLUMN,…",
            defaultValue = "",
            description = "Where the fields are: a header's name; a number from 1 on, and then the file has no header; "
                    + "orderId=#line for the line number; amount=A*B for a product.")
    private String columns;

    @Option(
            names = "--time-format",
            paramLabel = "P",
            description = "Pattern of the event times, such as d/M/yyyy or 'yyyy-MM-dd HH:mm' (ISO 8601).")
    private String timeFormat;

    @Option(
            names = "--utc-offset",
            paramLabel = "OFFSET",
            defaultValue = "+08:00",
            description = "Of event times that have none; give the program's own (${DEFAULT-VALUE}).")
    private String utcOffset;

    @Option(
            names = "--time",
            paramLabel = "file|now",
            defaultValue = "file",
            description = "Event times are those of the file, or the moment of arrival (${DEFAULT-VALUE}).")
    private String time;

    @Option(
            names = "--source",
            paramLabel = "NAME",
            defaultValue = "load",
            description = "The calling system, part of each order's key (${DEFAULT-VALUE}).")
    private String source;

    @Option(
            names = "--returns",
            paramLabel = "unusable|unreferenced",
            defaultValue = "unusable",
            description = "Rows of negative quantity or amount are left out, or an order of nothing else is sent as a "
                    + "return without its order, which enrols nobody (${DEFAULT-VALUE}).")
    private String returns;

    @Option(names = "--errors", paramLabel = "FILE", description = "Write all unusable rows there, as CSV.")
    private Path errors;

    @Override
    public Integer call() throws IOException {
        final HostPort server = server();
        if (!program.matches("[a-z0-9-]{1," + Limits.MAX_PROGRAM_BYTES + "}")) {
            throw usage("--program must be 1 to 32 lower-case letters, digits and hyphens");
        }
        if (!source.matches("[\\x21-\\x7E]{1," + Limits.MAX_SOURCE_BYTES + "}")) {
            throw usage("--source must be 1 to 32 characters 0x21 to 0x7E");
        }
        final OrdersFile orders = ordersFile();
        if (!Files.isRegularFile(file)) {
            throw new CommandFailure(ExitCode.FAILED, "there is no file " + file);
        }
        final PrintWriter err = spec.commandLine().getErr();
        try (Writer all = errors == null ? Writer.nullWriter() : newErrorsFile()) {
            final UnusableRows unusable = new UnusableRows(NAMED_ROWS, err::println, errors == null ? null : all);
            return new LoadRun(server, program, source, orders, unusable)
                    .run(spec.commandLine().getOut());
        }
    }

    private BufferedWriter newErrorsFile() throws IOException {
        return Files.newBufferedWriter(errors);
    }

    private HostPort server() {
        try {
            final HostPort server = HostPort.of(to);
            if (server.port() > 0) {
                return server;
            }
        } catch (final IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--to must be HOST:PORT, not '" + to + "'", e);
        }
        throw usage("--to must be HOST:PORT, not '" + to + "'");
    }

    private OrdersFile ordersFile() {
        if (!time.equals("file") && !time.equals("now")) {
            throw usage("--time must be file or now, not '" + time + "'");
        }
        if (!returns.equals("unusable") && !returns.equals("unreferenced")) {
            throw usage("--returns must be unusable or unreferenced, not '" + returns + "'");
        }
        final ZoneOffset offset;
        try {
            offset = ZoneOffset.of(utcOffset.matches("[+-].*") ? utcOffset : "none");
        } catch (final DateTimeException e) {
            throw usage("--utc-offset must be an offset such as +08:00, not '" + utcOffset + "'");
        }
        try {
            final EventTimes times =
                    timeFormat == null ? EventTimes.iso(offset) : EventTimes.pattern(timeFormat, offset);
            return new OrdersFile(
                    file,
                    Delimiter.of(delimiter),
                    ColumnMapping.parse(columns),
                    time.equals("file") ? times : null,
                    returns.equals("unusable") ? Returns.UNUSABLE : Returns.UNREFERENCED);
        } catch (final IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private ParameterException usage(final String sentence) {
        return new ParameterException(spec.commandLine(), sentence);
    }
}
