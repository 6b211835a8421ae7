package io.tallymark.ledger.reference;

import io.tallymark.ledger.program.Catalogue;
import io.tallymark.ledger.program.Issuer;
import io.tallymark.protocol.ResultCode;
import io.tallymark.protocol.RowKind;
import io.tallymark.protocol.VarField;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Whose points they are, and who owes what for those that others took. */
final class IssuerOps {
    static final int HOUSE = 0;

    private record Pair(int issuer, int counterpart) {}

    private static final BigInteger MOST = BigInteger.valueOf(Long.MAX_VALUE);

    /** In the order of first listing. */
    private final List<String> ids = new ArrayList<>();

    private final Map<Pair, BigInteger> taken = new HashMap<>();

    void enact(final Catalogue next) {
        next.issuers().stream().map(Issuer::id).filter(id -> !ids.contains(id)).forEach(ids::add);
    }

    boolean follows(final Catalogue next) {
        return next.issuers().stream().map(Issuer::id).toList().containsAll(ids);
    }

    int number(final String id) {
        return ids.indexOf(id) + 1;
    }

    byte[] text(final int issuer) {
        return issuer == HOUSE ? null : ids.get(issuer - 1).getBytes(StandardCharsets.UTF_8);
    }

    /** Of the brand that a command names. */
    static int ofBrand(final Request r) {
        final String issuer = r.p.rules.catalogue().brands().get(r.text(VarField.BRAND));
        return issuer == null ? HOUSE : r.p.issuers.number(issuer);
    }

    /** Points were taken, or come back to where they were. */
    void settle(final Hold.Part part, final int counterpart, final long points) {
        if (part.lot().issuer() != counterpart) {
            taken.merge(new Pair(part.lot().issuer(), counterpart), BigInteger.valueOf(points), BigInteger::add);
        }
    }

    private BigInteger points(final int issuer, final int counterpart) {
        return taken.getOrDefault(new Pair(issuer, counterpart), BigInteger.ZERO);
    }

    private static long worth(final Program p, final int issuer, final BigInteger points) {
        if (issuer == HOUSE) {
            return 0;
        }
        final String id = p.issuers.ids.get(issuer - 1);
        final Issuer listed = p.rules.catalogue().issuers().stream()
                .filter(one -> one.id().equals(id))
                .findFirst()
                .orElseThrow();
        return listed.settlePoints() == 0
                ? 0
                : points.multiply(BigInteger.valueOf(listed.settleMinor()))
                        .divide(BigInteger.valueOf(listed.settlePoints()))
                        .min(MOST)
                        .longValueExact();
    }

    static ResultCode query(final Request r) {
        final IssuerOps all = r.p.issuers;
        final int issuer = all.number(r.text(VarField.RULE_ID));
        if (issuer == HOUSE) {
            return ResultCode.ORIGINAL_NOT_FOUND;
        }
        r.o.rows.begin(RowKind.SETTLEMENT);
        for (int other = 0; other <= all.ids.size(); other++) {
            final BigInteger owes = all.points(issuer, other);
            final BigInteger owed = all.points(other, issuer);
            if (owes.signum() != 0 || owed.signum() != 0) {
                r.o.rows.add(
                        all.text(other),
                        owes.longValueExact(),
                        worth(r.p, issuer, owes),
                        owed.longValueExact(),
                        worth(r.p, other, owed),
                        0,
                        0);
            }
        }
        return ResultCode.ACCEPTED;
    }
}
