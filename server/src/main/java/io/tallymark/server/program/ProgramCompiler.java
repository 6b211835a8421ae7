package io.tallymark.server.program;

import io.tallymark.ledger.program.CompiledProgram;
import io.tallymark.ledger.program.Expiry;
import io.tallymark.ledger.program.InvalidProgramException;
import io.tallymark.protocol.CommandDecoder;
import io.tallymark.protocol.Limits;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Compiles program files. A file is validated whole: all its mistakes are listed, each with path, line and column, and
 * nothing is compiled while there is one. Money has two decimals in the file and is compiled to minor units.
 */
public final class ProgramCompiler {
    /** Longest program file, in bytes of UTF-8: its text travels in the publication beside the compiled form. */
    public static final int MAX_FILE_BYTES = CommandDecoder.MAX_SOURCE_TEXT_BYTES;

    /** Lines and columns of the whole file. */
    private static final int START = 1;

    private static final int MONEY_PLACES = 2;
    private static final int MULTIPLIER_PLACES = 6;
    private static final Pattern ID = Pattern.compile("[a-z0-9-]{1," + Limits.MAX_PROGRAM_BYTES + "}");
    private static final String ID_IS = "1 to 32 lower-case letters, digits and hyphens";
    private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");
    private static final Pattern UTC_OFFSET = Pattern.compile("([+-])(0[0-9]|1[0-7]):([0-5][0-9])|([+-])18:00");
    private static final Pattern LATE_WINDOW = Pattern.compile("unlimited|([0-9]{1,6})([dh])");
    private static final Pattern MONTH_DAY = Pattern.compile("([0-9]{2})-([0-9]{2})");
    private static final long HOUR_MS = 3_600_000L;
    private static final String FOREVER = "forever";
    private static final String UNLIMITED = "unlimited";

    /**
     * A program file that has no mistake.
     *
     * @param program    its compiled form
     * @param sourceText the text of the file
     */
    public record CompiledFile(CompiledProgram program, String sourceText) {}

    private final List<ProgramError> errors = new ArrayList<>();

    private ProgramCompiler() {}

    /**
     * Compiles one file.
     *
     * @throws ProgramFileException listing all mistakes
     * @throws IOException          if the file cannot be read
     */
    public static CompiledFile compile(final Path file) throws IOException {
        final String name = file.toString();
        if (Files.size(file) > MAX_FILE_BYTES) {
            throw new ProgramFileException(name, List.of(tooLong()));
        }
        final String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
                    .toString();
        } catch (final CharacterCodingException e) {
            throw new ProgramFileException(name, List.of(new ProgramError("", START, START, "is not UTF-8 text")));
        }
        return compile(name, text);
    }

    /**
     * Compiles a text.
     *
     * @param name what the text is called in the mistakes
     * @throws ProgramFileException listing all mistakes
     */
    public static CompiledFile compile(final String name, final String text) {
        if (text.getBytes(StandardCharsets.UTF_8).length > MAX_FILE_BYTES) {
            throw new ProgramFileException(name, List.of(tooLong()));
        }
        final ProgramCompiler compiler = new ProgramCompiler();
        final YamlNode root = YamlReader.read(text, compiler.errors);
        CompiledProgram program = null;
        if (root != null) {
            try {
                program = compiler.program(root);
            } catch (final InvalidProgramException e) {
                compiler.errors.add(new ProgramError(e.path(), START, START, e.reason()));
            }
        }
        if (!compiler.errors.isEmpty()) {
            compiler.errors.sort(Comparator.comparingInt(ProgramError::line).thenComparingInt(ProgramError::column));
            throw new ProgramFileException(name, compiler.errors);
        }
        return new CompiledFile(program, text);
    }

    /**
     * Compiles all {@code *.yaml} and {@code *.yml} files of a folder, in the order of their names.
     *
     * @throws ProgramFileException listing the mistakes of all files, also a program that two files claim
     * @throws IOException          if the folder or a file cannot be read
     */
    public static List<CompiledFile> compileFolder(final Path folder) throws IOException {
        final List<Path> files;
        try (Stream<Path> entries = Files.list(folder)) {
            files = entries.filter(f -> f.getFileName().toString().matches("[^.].*\\.ya?ml"))
                    .sorted()
                    .toList();
        }
        final Map<String, Path> owners = new LinkedHashMap<>();
        final List<CompiledFile> compiled = new ArrayList<>();
        final List<String> mistakes = new ArrayList<>();
        for (final Path file : files) {
            try {
                final CompiledFile one = compile(file);
                final Path earlier = owners.putIfAbsent(one.program().name(), file);
                if (earlier != null) {
                    mistakes.add(file + ": program " + one.program().name() + " stands in " + earlier + " too");
                }
                compiled.add(one);
            } catch (final ProgramFileException e) {
                mistakes.add(e.getMessage());
            }
        }
        if (!mistakes.isEmpty()) {
            throw new ProgramFileException(String.join("\n", mistakes));
        }
        return compiled;
    }

    private static ProgramError tooLong() {
        return new ProgramError("", START, START, "is longer than " + MAX_FILE_BYTES + " bytes");
    }

    /** Null where there are mistakes. */
    private CompiledProgram program(final YamlNode root) {
        final Fields file = Fields.of(
                errors,
                "",
                root,
                List.of(
                        "program",
                        "currency",
                        "utcOffset",
                        "unknownMember",
                        "lateWindow",
                        "retention",
                        "wallets",
                        "earn",
                        "tiers"));
        if (file == null) {
            return null;
        }
        file.required("program");
        final CompiledProgram.Builder builder = CompiledProgram.builder(file.text("program", ID, ID_IS, ""))
                .currency(file.text("currency", CURRENCY, "three capital letters such as CNY", "CNY"))
                .utcOffsetMinutes(utcOffset(file))
                .enrolUnknownMembers(
                        file.choice("unknownMember", "enrol", "enrol", "refuse").equals("enrol"));
        retention(file, builder);
        wallets(file, builder);
        baseRate(file, builder);
        tiers(file, builder);
        return errors.isEmpty() ? builder.build() : null;
    }

    private static int utcOffset(final Fields file) {
        final String text =
                file.text("utcOffset", UTC_OFFSET, "an offset from -18:00 to +18:00 such as \"+08:00\"", "+08:00");
        final int minutes = Integer.parseInt(text.substring(1, 3)) * 60 + Integer.parseInt(text.substring(4));
        return text.startsWith("-") ? -minutes : minutes;
    }

    private void retention(final Fields file, final CompiledProgram.Builder builder) {
        final OptionalLong lateWindowMs = lateWindow(file);
        lateWindowMs.ifPresent(builder::lateWindowMs);
        final Fields retention = file.has("retention") ? file.mapping("retention", "keyDays") : null;
        if (retention == null || !retention.has("keyDays")) {
            return;
        }
        if (retention.node("keyDays") instanceof YamlNode.Scalar s && s.text().equals(FOREVER)) {
            return;
        }
        if (retention.node("keyDays") instanceof YamlNode.Scalar s && !s.isWholeNumber()) {
            retention.error("keyDays", "must be a whole number of days or forever, not " + s.kind());
            return;
        }
        final long days = retention.wholeNumber("keyDays", 1, CompiledProgram.MAX_DAYS, 0);
        if (days == 0) {
            return;
        }
        if (lateWindowMs.isPresent() && lateWindowMs.getAsLong() == CompiledProgram.UNLIMITED) {
            retention.error("keyDays", "must be forever while lateWindow is unlimited");
        } else if (lateWindowMs.isPresent() && days * CompiledProgram.DAY_MS <= lateWindowMs.getAsLong()) {
            retention.error("keyDays", "must be longer than lateWindow");
        }
        builder.keyDays((int) days);
    }

    /** Empty where it is wrong, so that nothing else is measured by it. */
    private static OptionalLong lateWindow(final Fields file) {
        final String text = file.has("lateWindow")
                ? file.text("lateWindow", LATE_WINDOW, "unlimited, or days or hours such as 30d or 12h", "")
                : UNLIMITED;
        if (text.equals(UNLIMITED)) {
            return OptionalLong.of(CompiledProgram.UNLIMITED);
        }
        final Matcher matcher = LATE_WINDOW.matcher(text);
        if (!matcher.matches()) {
            return OptionalLong.empty();
        }
        final long count = Long.parseLong(matcher.group(1));
        final long lengthMs = count * (matcher.group(2).equals("d") ? CompiledProgram.DAY_MS : HOUR_MS);
        if (lengthMs > CompiledProgram.MAX_DAYS * CompiledProgram.DAY_MS) {
            file.error("lateWindow", "must be at most " + CompiledProgram.MAX_DAYS + " days, or unlimited");
            return OptionalLong.empty();
        }
        return OptionalLong.of(lengthMs);
    }

    private void wallets(final Fields file, final CompiledProgram.Builder builder) {
        final Fields wallets = file.mapping("wallets", "points");
        final Fields points = wallets == null ? null : wallets.mapping("points", "kind", "expiry", "refund");
        if (points == null) {
            return;
        }
        points.required("kind");
        points.choice("kind", "points", "points");
        if (points.required("expiry") != null) {
            builder.expiry(expiry(points));
        }
        final Fields refund = points.has("refund") ? points.mapping("refund", "policy", "limit") : null;
        if (refund != null) {
            refund.required("policy");
            refund.choice("policy", "debt", "debt");
            refund.required("limit");
            builder.debtLimitPoints(refund.wholeNumber("limit", 0, Limits.MAX_VALUE, 0));
        }
    }

    private Expiry expiry(final Fields points) {
        if (points.node("expiry") instanceof YamlNode.Scalar) {
            points.choice("expiry", "never", "never");
            return Expiry.never();
        }
        final Fields expiry = points.mapping("expiry", "fixed", "yearsAhead", "months", "roundTo");
        if (expiry == null) {
            return Expiry.never();
        }
        if (expiry.has("fixed") == expiry.has("months")) {
            points.error("expiry", "must have either fixed and yearsAhead, or months and roundTo");
            return Expiry.never();
        }
        if (expiry.has("fixed")) {
            refuse(expiry, "roundTo", "goes with months, not with fixed");
            return fixedExpiry(expiry);
        }
        refuse(expiry, "yearsAhead", "goes with fixed, not with months");
        expiry.required("roundTo");
        expiry.choice("roundTo", "monthEnd", "monthEnd");
        return Expiry.months((int) expiry.wholeNumber("months", 1, Expiry.MAX_MONTHS, 1));
    }

    private static void refuse(final Fields fields, final String key, final String reason) {
        if (fields.has(key)) {
            fields.error(key, reason);
        }
    }

    private static Expiry fixedExpiry(final Fields expiry) {
        expiry.required("yearsAhead");
        final int yearsAhead = (int) expiry.wholeNumber("yearsAhead", 0, Expiry.MAX_YEARS_AHEAD, 0);
        final Matcher date =
                MONTH_DAY.matcher(expiry.text("fixed", MONTH_DAY, "a day of the year such as \"12-31\"", ""));
        if (!date.matches()) {
            return Expiry.never();
        }
        try {
            return Expiry.fixed(Integer.parseInt(date.group(1)), Integer.parseInt(date.group(2)), yearsAhead);
        } catch (final InvalidProgramException e) {
            expiry.error("fixed", e.reason());
            return Expiry.never();
        }
    }

    private void baseRate(final Fields file, final CompiledProgram.Builder builder) {
        final Fields earn = file.mapping("earn", "base");
        final Fields base = earn == null ? null : earn.mapping("base", "points", "per");
        if (base == null) {
            return;
        }
        base.required("points");
        base.required("per");
        builder.baseRate(
                base.wholeNumber("points", 1, CompiledProgram.MAX_RATE_POINTS, 1),
                base.decimal("per", MONEY_PLACES, 1, CompiledProgram.MAX_RATE_MINOR, 1));
    }

    private void tiers(final Fields file, final CompiledProgram.Builder builder) {
        final YamlNode node = file.node("tiers");
        if (node == null) {
            return;
        }
        if (!(node instanceof YamlNode.Sequence list)) {
            file.error("tiers", "must be a list of tiers, lowest first, not " + node.kind());
            return;
        }
        if (list.items().size() > CompiledProgram.MAX_TIERS) {
            file.error("tiers", "must be at most " + CompiledProgram.MAX_TIERS);
        }
        final Map<String, Integer> ids = new LinkedHashMap<>();
        long below = -1;
        for (int i = 0; i < list.items().size(); i++) {
            final Fields tier = Fields.of(
                    errors, "tiers[" + i + "]", list.items().get(i), List.of("id", "when", "window", "multiplier"));
            if (tier != null) {
                below = tier(tier, i, ids, below, builder);
            }
        }
    }

    /** Returns the threshold, for the comparison with the next tier. */
    private static long tier(
            final Fields tier,
            final int index,
            final Map<String, Integer> ids,
            final long below,
            final CompiledProgram.Builder builder) {
        tier.required("id");
        final String id = tier.text("id", ID, ID_IS, "");
        final Integer earlier = id.isEmpty() ? null : ids.putIfAbsent(id, index);
        if (earlier != null) {
            tier.error("id", "'" + id + "' is the id of tiers[" + earlier + "] too");
        }
        tier.required("window");
        tier.choice("window", "lifetime", "lifetime");
        final long multiplier = tier.decimal(
                "multiplier", MULTIPLIER_PLACES, 1, CompiledProgram.MAX_MULTIPLIER_MICROS, CompiledProgram.ONE_MICROS);
        final Fields when = tier.mapping("when", "spend");
        if (when == null || when.required("spend") == null) {
            return below;
        }
        final long spend = when.decimal("spend", MONEY_PLACES, 0, Limits.MAX_VALUE, -1);
        if (spend < 0) {
            return below;
        }
        if (spend <= below) {
            when.error("spend", "must be above that of the tier below: tiers are listed lowest first");
        }
        builder.addTier(id, spend, multiplier);
        return spend;
    }
}
