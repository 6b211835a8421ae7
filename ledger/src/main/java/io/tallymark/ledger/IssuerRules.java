package io.tallymark.ledger;

import io.tallymark.ledger.program.Catalogue;
import io.tallymark.ledger.program.Issuer;
import io.tallymark.protocol.Command;
import io.tallymark.protocol.VarField;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Whose points they are, by one program version: brands, and what points are worth in settlement. Immutable. */
final class IssuerRules {
    private final byte[][] brands;

    /** Stable numbers by the place in {@link #brands}. */
    private final int[] ofBrand;

    // By stable number; 0: not said.
    private final long[] settlePoints;
    private final long[] settleMinor;

    IssuerRules(final Catalogue catalogue, final RuleNumbers issuers) {
        for (final Issuer issuer : catalogue.issuers()) {
            issuers.open(issuer.id());
        }
        settlePoints = new long[issuers.count() + 1];
        settleMinor = new long[issuers.count() + 1];
        for (final Issuer issuer : catalogue.issuers()) {
            final int number = number(issuer.id(), issuers);
            settlePoints[number] = issuer.settlePoints();
            settleMinor[number] = issuer.settleMinor();
        }
        brands = new byte[catalogue.brands().size()][];
        ofBrand = new int[brands.length];
        int i = 0;
        for (final Map.Entry<String, String> brand : catalogue.brands().entrySet()) {
            brands[i] = brand.getKey().getBytes(StandardCharsets.UTF_8);
            ofBrand[i++] = number(brand.getValue(), issuers);
        }
    }

    /** The stable number of an issuer; the house, 0, is none of them, so that of one never named is 0 too. */
    static int number(final String id, final RuleNumbers issuers) {
        return issuers.find(id) + 1;
    }

    /** The issuer of the brand that a command names, or the house. */
    int ofBrand(final Command c) {
        return brands.length == 0 ? LotBook.HOUSE : find(c);
    }

    private int find(final Command c) {
        final int length = c.length(VarField.BRAND);
        for (int i = 0; i < brands.length && length > 0; i++) {
            if (Texts.equal(brands[i], c.bytes(), c.offset(VarField.BRAND), length)) {
                return ofBrand[i];
            }
        }
        return LotBook.HOUSE;
    }

    /** What points of an issuer are worth in settlement, at most {@code Long.MAX_VALUE}; 0 where nothing was said. Cold. */
    long valueMinor(final int issuer, final long points) {
        if (settlePoints[issuer] == 0) {
            return 0;
        }
        final BigInteger value = BigInteger.valueOf(points)
                .multiply(BigInteger.valueOf(settleMinor[issuer]))
                .divide(BigInteger.valueOf(settlePoints[issuer]));
        return value.min(BigInteger.valueOf(Long.MAX_VALUE)).longValue();
    }
}
