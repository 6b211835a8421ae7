package io.tallymark.systemtests;

import java.nio.file.Path;

/** Where things lie. */
final class Project {
    private Project() {}

    /** The project's root folder. */
    static Path root() {
        final String root = System.getProperty("tallymark.root");
        return root == null ? Path.of("..").toAbsolutePath().normalize() : Path.of(root);
    }

    /** The presets that ship. */
    static Path programs() {
        return root().resolve("programs");
    }

    /** The folder of real order data; it need not exist. */
    static Path sharedData() {
        final String property = System.getProperty("tallymark.shared.data");
        if (property != null) {
            return Path.of(property);
        }
        final String variable = System.getenv("TALLYMARK_SHARED_DATA");
        if (variable != null) {
            return Path.of(variable);
        }
        return root().resolve("../shared/data").normalize();
    }

    /** Whether this is a run that must not skip what it could run. */
    static boolean isContinuousIntegration() {
        return "true".equals(System.getenv("CI"));
    }
}
