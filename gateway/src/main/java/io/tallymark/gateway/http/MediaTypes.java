package io.tallymark.gateway.http;

/** What a Content-Type says. */
final class MediaTypes {
    private static final String JSON = "application/json";
    private static final String YAML = "application/yaml";
    private static final String CHARSET = "charset=";

    private MediaTypes() {}

    /** Whether it is JSON in UTF-8, with or without saying the latter; null is not. */
    static boolean isJson(final String contentType) {
        return is(JSON, contentType);
    }

    /** Whether it is YAML in UTF-8, with or without saying the latter; null is not. */
    static boolean isYaml(final String contentType) {
        return is(YAML, contentType);
    }

    private static boolean is(final String wanted, final String contentType) {
        if (contentType == null) {
            return false;
        }
        if (contentType.equals(wanted)) {
            return true;
        }
        final int end = contentType.indexOf(';');
        final String type = end < 0 ? contentType : contentType.substring(0, end);
        return type.trim().equalsIgnoreCase(wanted) && (end < 0 || isUtf8(contentType.substring(end + 1)));
    }

    private static boolean isUtf8(final String parameters) {
        for (final String parameter : parameters.split(";", -1)) {
            final String text = parameter.trim();
            if (text.regionMatches(true, 0, CHARSET, 0, CHARSET.length())) {
                final String charset = text.substring(CHARSET.length()).replace("\"", "");
                if (!charset.equalsIgnoreCase("utf-8")) {
                    return false;
                }
            }
        }
        return true;
    }
}
