package io.tallymark.ledger.reference;

import io.tallymark.ledger.program.Campaign;
import io.tallymark.ledger.program.CompiledProgram;
import io.tallymark.ledger.program.Expiry;
import io.tallymark.ledger.program.Tier;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A program with all that happened in it. */
final class Program {
    /** What a document of a source is called by. */
    record Name(String source, String documentId) {}

    /** An outside identity as it is linked. */
    record Identity(String channel, String keyedHash) {}

    CompiledProgram rules;
    int version;
    Days days;
    final List<CompiledProgram> versions = new ArrayList<>();
    final Map<Long, Member> members = new LinkedHashMap<>();

    /** Of merged ids: the id that stands for each; never a merged one itself. */
    final Map<Long, Long> redirects = new HashMap<>();

    final Map<Identity, Long> identities = new LinkedHashMap<>();
    long highestId;
    final Map<Name, Order> orders = new HashMap<>();
    final Map<Name, Hold> holds = new HashMap<>();
    final Map<Name, Spent> redemptions = new HashMap<>();
    final Map<Name, Spent> captures = new HashMap<>();
    final Set<String> paused = new HashSet<>();

    /** By campaign: granted less what refunds gave back. */
    final Map<String, Long> budgetUsed = new HashMap<>();

    final Totals totals = new Totals();
    final Purse purse = new Purse(this);
    final Tiers tiers = new Tiers(this);
    final DueEvents due = new DueEvents(this);

    void enact(final CompiledProgram next) {
        rules = next;
        days = new Days(next);
        versions.add(next);
        version = versions.size();
    }

    /** The member that an id means now; null: none. */
    Member member(final long id) {
        return members.get(redirects.getOrDefault(id, id));
    }

    void add(final Member member) {
        members.put(member.id, member);
        highestId = Math.max(highestId, member.id);
    }

    boolean expiresByInactivity() {
        return rules.expiry().kind() == Expiry.Kind.INACTIVITY;
    }

    /** Level of a tier, from 1; 0: none. */
    int level(final String tierId) {
        for (int i = 0; i < rules.tiers().size(); i++) {
            if (rules.tiers().get(i).id().equals(tierId)) {
                return i + 1;
            }
        }
        return 0;
    }

    Tier tier(final int level) {
        return rules.tiers().get(level - 1);
    }

    Campaign campaign(final String id) {
        return rules.campaigns().stream()
                .filter(c -> c.id().equals(id))
                .findFirst()
                .orElse(null);
    }

    /** The first day on which a record of today is gone. */
    static long recordEnd(final long nowMs, final int lifeDays) {
        return lifeDays < 0 ? Long.MAX_VALUE : utcDay(nowMs) + lifeDays + 1;
    }

    static long utcDay(final long timeMs) {
        return Math.floorDiv(timeMs, CompiledProgram.DAY_MS);
    }
}
