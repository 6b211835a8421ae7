package io.tallymark.ledger;

import io.tallymark.ledger.program.CompiledProgram;
import io.tallymark.ledger.program.Draw;
import io.tallymark.protocol.Command;
import io.tallymark.protocol.RowKind;
import io.tallymark.protocol.Rows;
import io.tallymark.protocol.VarField;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The draws of one version of a program with their odds in units of 2^-64, exactly. Immutable. */
final class DrawRules {
    private static final int RANDOM_BITS = Long.SIZE;

    private final RuleIds ids;
    private final OfferRules[] offers;
    private final Prizes[] prizes;

    /** By stable number of a prize: its draw and place in this version, or null. */
    private final Place[] places;

    /**
     * Prepares a version.
     *
     * @param draws       numbers of the program's draws; new ones are added
     * @param prizeStocks numbers of its prizes, under draw, slash, place; new ones are added
     */
    DrawRules(
            final CompiledProgram program,
            final RuleNumbers draws,
            final RuleNumbers prizeStocks,
            final WalletRules wallets) {
        final List<Draw> listed = program.catalogue().draws();
        ids = new RuleIds(listed.stream().map(Draw::id).toList(), draws);
        offers = new OfferRules[listed.size()];
        prizes = new Prizes[listed.size()];
        for (int draw = 0; draw < offers.length; draw++) {
            offers[draw] =
                    new OfferRules(listed.get(draw).offer(), program, wallets, MemberUsage.DRAW, ids.number(draw));
            prizes[draw] = new Prizes(listed.get(draw), prizeStocks);
        }
        places = new Place[prizeStocks.count()];
        for (int draw = 0; draw < prizes.length; draw++) {
            for (int prize = 0; prize < prizes[draw].number.length; prize++) {
                places[prizes[draw].number[prize]] = new Place(draw, prize);
            }
        }
    }

    /** Where a prize stands. */
    private record Place(int draw, int prize) {}

    /** The prizes of one draw in the order of the file. */
    private static final class Prizes {
        final Draw.Prize[] prize;
        final int[] number;
        final byte[][] text;

        /** The last random bits, as an unsigned number, that win this prize or one before it. */
        final long[] lastBits;

        Prizes(final Draw draw, final RuleNumbers numbers) {
            prize = draw.prizes().toArray(new Draw.Prize[0]);
            number = new int[prize.length];
            text = new byte[prize.length][];
            lastBits = new long[prize.length];
            BigInteger over = BigInteger.ZERO;
            BigInteger under = BigInteger.ONE;
            for (int i = 0; i < prize.length; i++) {
                number[i] = numbers.open(draw.id() + "/" + (i + 1));
                text[i] = textOf(prize[i]).getBytes(StandardCharsets.US_ASCII);
                final BigInteger denominator = BigInteger.valueOf(prize[i].oddsDenominator());
                over = over.multiply(denominator)
                        .add(BigInteger.valueOf(prize[i].oddsNumerator()).multiply(under));
                under = under.multiply(denominator);
                final BigInteger common = over.gcd(under);
                over = over.divide(common);
                under = under.divide(common);
                // r ÷ 2^64 < over ÷ under for every whole r up to ceil(2^64 × over ÷ under) − 1.
                lastBits[i] = over.shiftLeft(RANDOM_BITS)
                        .add(under)
                        .subtract(BigInteger.ONE)
                        .divide(under)
                        .subtract(BigInteger.ONE)
                        .longValue();
            }
        }

        private static String textOf(final Draw.Prize prize) {
            return switch (prize.kind()) {
                case POINTS -> "points";
                case COUPON -> "coupon/" + prize.rule();
                case REWARD -> "reward/" + prize.rule();
            };
        }
    }

    /** The place of the draw that a command names; negative: there is none. */
    int find(final Command c) {
        return ids.find(c.bytes(), c.offset(VarField.RULE_ID), c.length(VarField.RULE_ID));
    }

    /** What is asked for a draw. */
    OfferRules offer(final int draw) {
        return offers[draw];
    }

    /** The prize that random bits win; negative: none. */
    int won(final int draw, final long randomBits) {
        final long[] lastBits = prizes[draw].lastBits;
        for (int prize = 0; prize < lastBits.length; prize++) {
            if (Long.compareUnsigned(randomBits, lastBits[prize]) <= 0) {
                return prize;
            }
        }
        return -1;
    }

    /** What a prize is. */
    Draw.Prize prize(final int draw, final int prize) {
        return prizes[draw].prize[prize];
    }

    /** The stable number of a prize. */
    int number(final int draw, final int prize) {
        return prizes[draw].number[prize];
    }

    /** The stock of a prize by its number; {@link CompiledProgram#UNLIMITED}: none is kept, or it is not listed. */
    long stock(final int number) {
        final Place place = number < places.length ? places[number] : null;
        return place == null
                ? CompiledProgram.UNLIMITED
                : prize(place.draw, place.prize).stock();
    }

    /** Tells a prize that was won under this version. */
    void tell(final int number, final Rows rows) {
        final Prizes of = prizes[places[number].draw];
        final int prize = places[number].prize;
        rows.begin(RowKind.PRIZE);
        rows.add(of.text[prize], prize + 1L, of.prize[prize].points(), 0, 0, 0, 0);
    }
}
