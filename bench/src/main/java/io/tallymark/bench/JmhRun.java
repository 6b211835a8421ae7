package io.tallymark.bench;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.Manifest;

/** JMH's main, with the module flags of this jar's manifest handed on to its forks, which do not see the manifest. */
final class JmhRun {
    private JmhRun() {}

    /** Takes JMH's arguments. */
    static void run(final String[] args) throws IOException {
        final List<String> all = new ArrayList<>(Arrays.asList(args));
        final String flags = flags();
        if (!flags.isEmpty()) {
            all.add("-jvmArgsPrepend");
            all.add(flags);
        }
        org.openjdk.jmh.Main.main(all.toArray(new String[0]));
    }

    private static String flags() throws IOException {
        final StringBuilder flags = new StringBuilder();
        for (final URL url : Collections.list(JmhRun.class.getClassLoader().getResources("META-INF/MANIFEST.MF"))) {
            try (InputStream in = url.openStream()) {
                final Attributes attributes = new Manifest(in).getMainAttributes();
                if (BenchMain.class.getName().equals(attributes.getValue(Attributes.Name.MAIN_CLASS))) {
                    append(flags, "--add-exports=", attributes.getValue("Add-Exports"));
                    append(flags, "--add-opens=", attributes.getValue("Add-Opens"));
                }
            }
        }
        return flags.toString();
    }

    private static void append(final StringBuilder flags, final String option, final String modules) {
        for (final String module : modules.split(" ")) {
            flags.append(flags.length() == 0 ? "" : " ")
                    .append(option)
                    .append(module)
                    .append("=ALL-UNNAMED");
        }
    }
}
