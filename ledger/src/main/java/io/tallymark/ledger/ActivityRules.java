package io.tallymark.ledger;

import io.tallymark.ledger.ActivityRule.Kind;
import io.tallymark.ledger.program.Activity;
import io.tallymark.ledger.program.CompiledProgram;
import io.tallymark.ledger.program.Issuer;
import io.tallymark.ledger.program.Limit;
import io.tallymark.ledger.program.PointSale;
import io.tallymark.ledger.program.Precredit;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;

/** What earns points without an order by one program version: activities, imports, points for sale, precredit. Immutable. */
final class ActivityRules {
    private final ActivityRule[] rules;

    ActivityRules(
            final CompiledProgram program,
            final RuleNumbers numbers,
            final RuleNumbers issuers,
            final WalletRules wallets) {
        final List<ActivityRule> all = new ArrayList<>();
        for (final Activity a : program.activities()) {
            final Limit limit = new Limit(a.per(), a.times());
            all.add(rule(Kind.ACTIVITY, a.id(), numbers, a.points(), 0, limit, wallets.number(a.wallet())));
        }
        for (final Issuer i : program.catalogue().issuers()) {
            if (i.importPoints() > 0) {
                all.add(new ActivityRule(
                        Kind.IMPORT,
                        ascii(i.id()),
                        numbers.open(i.id()),
                        i.importPoints(),
                        i.importPer(),
                        0,
                        i.importLimit(),
                        IssuerRules.number(i.id(), issuers)));
            }
        }
        for (final PointSale s : program.catalogue().sales()) {
            all.add(rule(Kind.SALE, s.id(), numbers, s.points(), s.cashMinor(), s.limit(), wallets.number(s.wallet())));
        }
        for (final Precredit p : program.catalogue().precredits()) {
            final Limit once = new Limit(Activity.Per.LIFETIME, 1);
            all.add(rule(Kind.PRECREDIT, p.id(), numbers, p.points(), 0, once, wallets.number(p.wallet())));
        }
        rules = all.toArray(new ActivityRule[0]);
    }

    private static ActivityRule rule(
            final Kind kind,
            final String id,
            final RuleNumbers numbers,
            final long points,
            final long cashMinor,
            final Limit limit,
            final int wallet) {
        return new ActivityRule(kind, ascii(id), numbers.open(id), points, 1, cashMinor, limit, Account.of(wallet));
    }

    private static byte[] ascii(final String id) {
        return id.getBytes(StandardCharsets.US_ASCII);
    }

    /** The rule of an id, or null. */
    ActivityRule find(final DirectBuffer bytes, final int offset, final int length) {
        for (final ActivityRule rule : rules) {
            if (Texts.equal(rule.id(), bytes, offset, length)) {
                return rule;
            }
        }
        return null;
    }
}
