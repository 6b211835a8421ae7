package io.tallymark.ledger.reference;

import io.tallymark.ledger.program.CompiledProgram;
import io.tallymark.protocol.Command;
import io.tallymark.protocol.CommandShape;
import io.tallymark.protocol.CommandType;
import io.tallymark.protocol.FixedField;
import io.tallymark.protocol.Limits;
import io.tallymark.protocol.Outcome;
import io.tallymark.protocol.ResultCode;
import io.tallymark.protocol.VarField;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Random histories of few members, so that things meet; values lie at edges, documents come again. */
final class HistoryMaker {
    private static final long[] TTLS = {0, 1, 1_000, 3_600_000, 30 * CompiledProgram.DAY_MS};
    private static final long DEFAULT_TTL_MS = 900_000;
    private static final int MEMBERS = 5;
    private static final int SAME_AGAIN_IN = 14;

    private final Random random;
    private final Set<CommandType> enabled;
    private final List<History.Step> steps = new ArrayList<>();
    private final List<ProgramMaker> programs = new ArrayList<>();
    private final String[] names;
    private final CatalogueAsker catalogue;
    private final CommunityAsker community;
    private final boolean rich;
    private final TimeMaker time;
    private final ReferenceLedger reference = new ReferenceLedger();
    private final Outcome answer = new Outcome();
    private final List<String> answers = new ArrayList<>();
    private long sequence;

    /** Accepted commands that others can be about. */
    private final List<Command> orders = new ArrayList<>();

    private final List<Command> holds = new ArrayList<>();
    private final List<Command> spent = new ArrayList<>();
    private final java.util.Map<Command, Long> deadlines = new java.util.IdentityHashMap<>();
    private final List<Command> used = new ArrayList<>();
    private final List<Command> bought = new ArrayList<>();
    private final List<Long> brought = new ArrayList<>();
    private final List<Command> links = new ArrayList<>();
    private int documents;

    private HistoryMaker(final long seed, final Set<CommandType> enabled, final boolean rich) {
        random = new Random(seed);
        time = new TimeMaker(random);
        this.enabled = enabled;
        this.rich = rich;
        names = random.nextInt(4) == 0 ? new String[] {"alpha", "beta"} : new String[] {"alpha"};
        for (final String name : names) {
            programs.add(new ProgramMaker(name, random));
        }
        catalogue = new CatalogueAsker(random, programs.get(0).catalogue(), this::amount);
        community = new CommunityAsker(random, this::amount, this::points);
    }

    /** Steps, and what the reference answered to each. */
    record Made(List<History.Step> steps, List<String> answers) {}

    static Made make(final long seed, final int commands, final Set<CommandType> enabled, final boolean rich) {
        final HistoryMaker maker = new HistoryMaker(seed, EnumSet.copyOf(enabled), rich);
        for (int i = 0; i < maker.names.length; i++) {
            maker.add(maker.publication(i, 0));
        }
        if (maker.isBusy()) {
            for (int member = 1; member <= MEMBERS; member++) {
                maker.add(Ask.of(CommandType.ADJUST, maker.names[0], maker.document())
                        .member(member)
                        .points(2_000)
                        .make());
                maker.fund(member);
            }
        }
        while (maker.steps.size() < commands) {
            maker.time.move();
            final Command next = maker.next();
            if (next.type() == CommandType.QUERY_COUPON && maker.chance(3, 4)) {
                maker.add(Ask.tick(maker.time.nowMs));
            }
            maker.add(next);
        }
        return new Made(maker.steps, maker.answers);
    }

    /** Something in each further wallet, so that it can be spent. */
    private void fund(final long member) {
        for (final String wallet : programs.get(0).wallets().ids()) {
            add(Ask.of(CommandType.ADJUST, names[0], document())
                    .member(member)
                    .points(500)
                    .with(VarField.WALLET_ID, wallet)
                    .make());
        }
    }

    private void add(final Command c) {
        final boolean tickBefore =
                !steps.isEmpty() && steps.get(steps.size() - 1).command().type() == CommandType.TICK;
        steps.add(new History.Step(time.nowMs, c));
        reference.apply(c, sequence + 1, time.nowMs, answer);
        answers.add(History.text(answer, tickBefore));
        sequence += answer.journaled ? 1 : 0;
        if (answer.code != ResultCode.ACCEPTED || !answer.journaled) {
            return;
        }
        switch (c.type()) {
            case ACCRUE, CLAIM -> orders.add(c);
            case HOLD -> {
                holds.add(c);
                deadlines.put(c, time.nowMs + (c.ttlMs() == 0 ? DEFAULT_TTL_MS : c.ttlMs()));
            }
            case REDEEM, CAPTURE, SPEND_VALUE -> spent.add(c);
            case USE_COUPON, USE_BENEFIT -> used.add(c);
            case BUY_PACK -> bought.add(c);
            case LINK_IDENTITY -> links.add(c);
            case ENROL -> brought.add(answer.memberId);
            default -> {}
        }
    }

    private boolean chance(final int of, final int outOf) {
        return random.nextInt(outOf) < of;
    }

    private long pick(final long... values) {
        return values[random.nextInt(values.length)];
    }

    private String any(final String... values) {
        return values[random.nextInt(values.length)];
    }

    private Command recent(final List<Command> commands) {
        if (commands.isEmpty() || chance(1, 30)) {
            return null;
        }
        final int last = commands.size();
        return commands.get(chance(3, 4) ? last - 1 - random.nextInt(Math.min(6, last)) : random.nextInt(last));
    }

    private Command next() {
        final int count = steps.size();
        if (chance(1, SAME_AGAIN_IN)) {
            final Command again =
                    steps.get(count - 1 - random.nextInt(Math.min(count, 40))).command();
            if (again.type() != CommandType.TICK) {
                return again;
            }
        }
        if (chance(1, 40)) {
            return changed(
                    steps.get(count - 1 - random.nextInt(Math.min(count, 40))).command());
        }
        CommandType type;
        final boolean busy = isBusy();
        do {
            type = oneOf(kind(busy));
        } while (!enabled.contains(type)
                || type == CommandType.CLOSE && !chance(1, 6)
                || busy && (type == CommandType.FREEZE || type == CommandType.PAUSE) && !chance(1, 3));
        if (type == CommandType.PUBLISH_PROGRAM) {
            return publication(random.nextInt(names.length), chance(1, 8) ? random.nextInt(4) : 0);
        }
        return type == CommandType.TICK ? Ask.tick(time.nowMs) : fresh(type);
    }

    private CommandType[] kind(final boolean busy) {
        final int social = rich && programs.get(0).community().busy ? 30 : 0;
        final int dice = random.nextInt((busy ? 130 : 100) + social) - social;
        if (dice < 0) {
            return CommunityAsker.COMMANDS;
        }
        if (dice < 62) {
            return Kinds.OFTEN;
        }
        if (dice < 72 || dice >= 100) {
            return chance(2, 3) ? CatalogueAsker.COMMANDS : CommunityAsker.COMMANDS;
        }
        return dice < 91 ? Kinds.SELDOM : Kinds.QUESTIONS;
    }

    private boolean isBusy() {
        return rich && programs.get(0).catalogue().busy && enabled.contains(CommandType.RESTOCK);
    }

    private CommandType oneOf(final CommandType[] types) {
        return types[random.nextInt(types.length)];
    }

    /** The same key with other content, where there is a number to change. */
    private Command changed(final Command c) {
        if (c.type() == CommandType.DRAW) {
            // Chance is no content: it is the same once more.
            final long bits = programs.get(0).catalogue().bits();
            return Ask.copyOf(c).with(FixedField.RANDOM_BITS, bits).make();
        }
        final FixedField field = chance(1, 2) ? FixedField.AMOUNT_MINOR : FixedField.POINTS;
        final boolean can = c.get(field) > 1 && c.get(field) < Limits.MAX_VALUE && c.lineCount() == 0;
        return can
                ? Ask.copyOf(c).with(field, c.get(field) + 1).make()
                : c.type() == CommandType.TICK ? Ask.tick(time.nowMs) : c;
    }

    private Command publication(final int which, final int version) {
        final ProgramMaker maker = programs.get(which);
        final CompiledProgram program = rich ? maker.next() : maker.plain();
        final long settled = maker.community().moment(random.nextInt(CommunityMaker.BOARDS.length));
        time.moments.add(settled + Math.max(0, chance(2, 3) ? program.lateWindowMs() : 0));
        return Ask.publish(document(), program, version);
    }

    private String document() {
        return "d" + (documents > 0 && chance(1, 25) ? random.nextInt(documents) : documents++);
    }

    private Command fresh(final CommandType type) {
        final CommandShape shape = type.shape();
        final List<Command> pool = switch (type) {
            case CAPTURE, VOID -> open(holds);
            case REVERSE -> spent;
            case RETURN_USE -> used;
            case REFUND_PACK -> bought;
            case REFUND, ACTIVATE_PENDING, CANCEL_PENDING, QUERY_ORDER -> orders;
            default -> List.of();
        };
        final Command about = recent(pool);
        final String name = about != null ? about.text(VarField.PROGRAM) : chance(1, 200) ? "nowhere" : any(names);
        final String documentId = document();
        final Ask ask = Ask.of(type, name, documentId);
        if (shape.isKeyed() && chance(1, 20)) {
            ask.with(VarField.SOURCE, "web");
        }
        who(ask, shape);
        if (shape.has(FixedField.EVENT_TIME)) {
            ask.at(time.eventTimeMs());
        }
        place(ask, shape);
        if (shape.requires(VarField.ORIGINAL_DOCUMENT_ID)) {
            about(ask, about, documentId);
        }
        fill(ask, type, about);
        return ask.make();
    }

    /** Mostly those whose time has not run out. */
    private List<Command> open(final List<Command> all) {
        if (chance(1, 4)) {
            return all;
        }
        final List<Command> open = new ArrayList<>();
        for (final Command hold : all) {
            if (deadlines.get(hold) > time.nowMs) {
                open.add(hold);
            }
        }
        return open.isEmpty() ? all : open;
    }

    private void about(final Ask ask, final Command about, final String documentId) {
        if (about == null) {
            ask.about(chance(1, 3) ? "unknown" : documentId + "c");
        } else if (about.type() == CommandType.CLAIM) {
            ask.about(about.text(VarField.ORIGINAL_DOCUMENT_ID));
            final VarField source =
                    about.length(VarField.ORIGINAL_SOURCE) > 0 ? VarField.ORIGINAL_SOURCE : VarField.SOURCE;
            ask.with(VarField.ORIGINAL_SOURCE, about.text(source));
        } else {
            ask.about(about.text(VarField.DOCUMENT_ID));
            final String source = about.text(VarField.SOURCE);
            if (!source.equals(Ask.SOURCE) || chance(1, 3)) {
                ask.with(VarField.ORIGINAL_SOURCE, source);
            }
        }
    }

    private long member() {
        if (chance(1, 40)) {
            return chance(1, 5) ? Long.MAX_VALUE - random.nextInt(2) : 99;
        }
        if (!brought.isEmpty() && chance(1, 6)) {
            return brought.get(brought.size() - 1 - random.nextInt(Math.min(2, brought.size())));
        }
        return 1 + random.nextInt(MEMBERS);
    }

    private void who(final Ask ask, final CommandShape shape) {
        final boolean named = shape.identity() == CommandShape.Identity.REQUIRED
                || enabled.contains(CommandType.LINK_IDENTITY)
                        && (shape.identity() == CommandShape.Identity.INSTEAD_OF_MEMBER && chance(1, 5)
                                || shape.identity() == CommandShape.Identity.OPTIONAL && chance(1, 2));
        if (named) {
            final int newest = 1 + random.nextInt(3);
            ask.identity(any("card", "phone"), random.nextInt(4), newest, 1 + random.nextInt(newest));
        }
        final boolean both = shape.identity() == CommandShape.Identity.REQUIRED
                || shape.identity() == CommandShape.Identity.OPTIONAL && chance(1, 2);
        if (shape.has(FixedField.MEMBER_ID) && (!named || both)) {
            final boolean anyone = shape.identity() == CommandShape.Identity.OPTIONAL && chance(1, 2);
            ask.member(anyone ? 0 : member());
        }
        if (shape.has(FixedField.OTHER_MEMBER_ID)) {
            ask.with(FixedField.OTHER_MEMBER_ID, member());
        }
    }

    private void place(final Ask ask, final CommandShape shape) {
        if (shape.varFields().contains(VarField.CHANNEL) && chance(1, 3)) {
            ask.with(VarField.CHANNEL, any(ProgramMaker.CHANNELS));
        }
        if (shape.varFields().contains(VarField.STORE) && chance(1, 3)) {
            ask.with(VarField.STORE, any(ProgramMaker.STORES));
        }
        if (shape.varFields().contains(VarField.BRAND) && chance(1, 2)) {
            ask.with(VarField.BRAND, any(CommunityMaker.BRANDS));
        }
        if (shape.varFields().contains(VarField.STAFF) && chance(1, 3)) {
            ask.with(VarField.STAFF, any(CommunityMaker.STAFF));
        }
    }

    private void fill(final Ask ask, final CommandType type, final Command about) {
        switch (type) {
            case ACCRUE, PREVIEW_ACCRUE -> order(ask);
            case CLAIM -> {
                order(ask);
                ask.at(chance(1, 4) ? Command.NO_TIME : time.nowMs - random.nextInt(60) * CompiledProgram.DAY_MS);
                final Command order = recent(orders);
                if (order != null && chance(1, 5)) {
                    about(ask, order, "");
                }
            }
            case REDEEM, HOLD, PREVIEW_REDEEM -> spend(ask, type);
            case ADJUST ->
                ask.points(chance(2, 3) ? points() : -points())
                        .with(FixedField.FLAGS, chance(1, 3) ? Command.FLAG_MAY_GO_BELOW_ZERO : 0)
                        .with(VarField.WALLET_ID, wallet());
            case CAPTURE -> ask.points(chance(1, 2) ? 0 : pick(1, 30, 50, 100, Limits.MAX_VALUE));
            case REFUND -> refund(ask, about);
            case REVERSE -> ask.amount(chance(1, 2) ? 0 : part(about));
            case RETURN_UNREFERENCED -> ask.amount(amount());
            case TRANSFER -> ask.points(points());
            case ACTIVITY -> community.activity(ask, !rich);
            case ENROL ->
                ask.with(FixedField.BIRTHDAY, chance(1, 2) ? 0 : 19_900_315 + 100 * random.nextInt(3))
                        .with(FixedField.REFERRER_ID, chance(2, 3) ? member() : 0);
            case UNLINK_IDENTITY -> {
                final Command link = recent(links);
                if (link != null) {
                    ask.member(link.memberId()).identityOf(link);
                }
            }
            case QUERY_ORDER -> {
                if (about == null || about.type() != CommandType.CLAIM) {
                    ask.with(VarField.ORIGINAL_SOURCE, about == null ? Ask.SOURCE : about.text(VarField.SOURCE));
                }
            }
            case GRANT_TIER, REVOKE_TIER -> tier(ask, type);
            case PAUSE, RESUME, QUERY_CAMPAIGN ->
                ask.rule(chance(1, 5) ? any("none", SpendingOps.REDEMPTIONS) : any(ProgramMaker.CAMPAIGNS));
            default -> {
                if (!community.fill(ask, type)) {
                    catalogue.fill(ask, type);
                }
            }
        }
    }

    /** Some of the amount or the points of what came before. */
    private long part(final Command about) {
        final long whole = about == null ? 0 : Math.max(about.amountMinor() - about.cashMinor(), about.points());
        return whole < 2 || chance(1, 6)
                ? amount()
                : chance(1, 3) ? Math.max(1, whole / 3) : 1 + random.nextLong(whole);
    }

    private void tier(final Ask ask, final CommandType type) {
        ask.rule(programs.get(0).anyTier()).with(VarField.WAY, any("paid", "invited", "paid", "invited", "earned"));
        if (type == CommandType.GRANT_TIER && chance(1, 2)) {
            final long until = time.nowMs + pick(-1, 0, 1, 3_600_000, 40 * CompiledProgram.DAY_MS);
            ask.with(FixedField.UNTIL, until);
            time.moments.add(until);
        }
    }

    private long amount() {
        final long[] thresholds = programs.get(random.nextInt(programs.size())).thresholds();
        return switch (random.nextInt(16)) {
            case 0 -> chance(1, 3) ? Limits.MAX_VALUE - random.nextInt(2) : 1;
            case 1 -> chance(1, 3) ? Limits.MAX_VALUE / (2 + random.nextInt(1_000)) : 50;
            case 2 -> 1 + random.nextInt(3);
            case 3 -> Math.max(1, thresholds[random.nextInt(thresholds.length)] + random.nextInt(3) - 1);
            case 4, 5 -> pick(9_990, 3_330, 10_000, 5_000, 333, 666);
            case 6, 7, 8 -> 100 * (1 + random.nextInt(100));
            default -> 1 + random.nextInt(20_000);
        };
    }

    private long points() {
        return switch (random.nextInt(12)) {
            case 0 -> chance(1, 4) ? Limits.MAX_VALUE - random.nextInt(2) : 1;
            case 1 -> chance(1, 4) ? Limits.MAX_VALUE / (2 + random.nextInt(1_000)) : 2;
            case 2 -> 1 + random.nextInt(3);
            case 3, 4 -> pick(30, 50, 100);
            default -> 1 + random.nextInt(300);
        };
    }

    private void order(final Ask ask) {
        ask.with(FixedField.FLAGS, chance(1, 6) ? Command.FLAG_NO_VISIT : 0);
        if (!rich || chance(1, 2)) {
            ask.amount(amount());
            return;
        }
        long sum = 0;
        final int count = 1 + random.nextInt(4);
        int number = 0;
        for (int i = 0; i < count; i++) {
            number += chance(1, 8) ? 2 : 1;
            // An order may not be free, a line of it may.
            final long minor = chance(1, 6) && i > 0 ? 0 : Math.min(amount(), Limits.MAX_VALUE / 4);
            sum += minor;
            ask.line(
                    number,
                    1 + random.nextInt(3),
                    minor,
                    chance(1, 4) ? random.nextInt(4) : 0,
                    any("", any(ProgramMaker.SKUS)),
                    any("", any(ProgramMaker.CATEGORIES)),
                    any("", any(ProgramMaker.BRANDS)));
        }
        ask.amount(sum);
    }

    private void refund(final Ask ask, final Command about) {
        switch (random.nextInt(4)) {
            case 0 -> {}
            case 1 -> {
                int number = 0;
                for (int i = 0; i < 1 + random.nextInt(2); i++) {
                    number += 1 + random.nextInt(2);
                    final boolean byQuantity = chance(1, 2);
                    ask.line(number, byQuantity ? 1 : 0, byQuantity ? 0 : amount());
                }
            }
            default -> ask.amount(part(about));
        }
    }

    private String wallet() {
        return rich ? programs.get(0).wallets().named() : Account.POINTS;
    }

    private void spend(final Ask ask, final CommandType type) {
        if (rich && enabled.contains(CommandType.RESTOCK) && chance(isBusy() ? 3 : 1, 5)) {
            ask.rule(catalogue.reward());
        } else if (type == CommandType.HOLD && enabled.contains(CommandType.USE_COUPON) && chance(1, 8)) {
            ask.with(VarField.COUPON_ID, catalogue.coupon());
        } else if (rich && chance(1, 2)) {
            final long amount = amount();
            ask.amount(amount).with(FixedField.CASH_MINOR, chance(1, 3) ? random.nextLong(amount) : 0);
            if (chance(1, 20)) {
                ask.with(VarField.WALLET_ID, wallet());
            }
        } else {
            ask.points(points()).with(VarField.WALLET_ID, wallet());
        }
        if (type == CommandType.HOLD) {
            if (enabled.contains(CommandType.USE_COUPON) && chance(1, 8)) {
                ask.with(VarField.COUPON_ID, catalogue.coupon());
            }
            final long ttl = pick(TTLS);
            ask.with(FixedField.TTL_MS, ttl);
            time.moments.add(time.nowMs + (ttl == 0 ? DEFAULT_TTL_MS : ttl));
        }
    }
}
