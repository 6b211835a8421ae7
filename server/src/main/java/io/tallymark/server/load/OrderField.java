package io.tallymark.server.load;

/** What an orders file can say about an order line; the names are those of the canonical header. */
public enum OrderField {
    ORDER_ID("orderId", true),
    MEMBER_ID("memberId", true),
    EVENT_TIME("eventTime", false),
    AMOUNT("amount", true),
    SKU("sku", false),
    CATEGORY("category", false),
    QUANTITY("quantity", false),
    CHANNEL("channel", false);

    private final String header;
    private final boolean required;

    OrderField(final String header, final boolean required) {
        this.header = header;
        this.required = required;
    }

    /** The name in the canonical header and in a column mapping. */
    public String header() {
        return header;
    }

    /** Whether no order can do without it. The event time is required too unless told otherwise. */
    public boolean required() {
        return required;
    }

    /** The field of this name, or null. */
    static OrderField ofHeader(final String name) {
        for (final OrderField field : values()) {
            if (field.header.equals(name)) {
                return field;
            }
        }
        return null;
    }
}
