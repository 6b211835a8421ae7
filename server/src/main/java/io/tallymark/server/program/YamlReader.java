package io.tallymark.server.program;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads one YAML 1.2 document into {@link YamlNode}s: no anchors, aliases or tags, no key twice, only plain keys. It
 * works on parser events, because only they carry the place of every key.
 */
final class YamlReader {
    private static final int MAX_DEPTH = 32;

    private final List<ProgramError> errors;
    private Iterator<Event> events;

    private YamlReader(final List<ProgramError> errors) {
        this.errors = errors;
    }

    /** The root; null, and an error added, where the text is not YAML. */
    static YamlNode read(final String text, final List<ProgramError> errors) {
        return new YamlReader(errors).document(text);
    }

    private YamlNode document(final String text) {
        try {
            events = new Parse(LoadSettings.builder().build()).parseString(text).iterator();
            Event event = events.next();
            while (event.getEventId() == Event.ID.StreamStart) {
                event = events.next();
            }
            if (event.getEventId() == Event.ID.StreamEnd) {
                errors.add(new ProgramError("", 1, 1, "the file is empty"));
                return null;
            }
            final YamlNode root = node(events.next(), "", 0);
            events.next();
            final Event after = events.next();
            if (after.getEventId() != Event.ID.StreamEnd) {
                error("", after, "one file holds one program; a second document begins here");
            }
            return root;
        } catch (final MarkedYamlEngineException e) {
            final Optional<Mark> mark = e.getProblemMark();
            errors.add(new ProgramError(
                    "",
                    mark.map(m -> m.getLine() + 1).orElse(1),
                    mark.map(m -> m.getColumn() + 1).orElse(1),
                    "not YAML: " + (e.getContext() == null ? "" : e.getContext() + ", ") + e.getProblem()));
            return null;
        } catch (final YamlEngineException e) {
            errors.add(new ProgramError("", 1, 1, "not YAML: " + e.getMessage()));
            return null;
        }
    }

    private YamlNode node(final Event event, final String path, final int depth) {
        final int line = line(event);
        final int column = column(event);
        checkPlainNode(event, path, depth);
        switch (event.getEventId()) {
            case Scalar -> {
                final ScalarEvent scalar = (ScalarEvent) event;
                return new YamlNode.Scalar(scalar.getValue(), scalar.isPlain(), line, column);
            }
            case SequenceStart -> {
                final List<YamlNode> items = new ArrayList<>();
                for (Event e = events.next(); e.getEventId() != Event.ID.SequenceEnd; e = events.next()) {
                    items.add(node(e, path + "[" + items.size() + "]", depth + 1));
                }
                return new YamlNode.Sequence(items, line, column);
            }
            case MappingStart -> {
                return new YamlNode.Mapping(entries(path, depth), line, column);
            }
            default -> {
                return new YamlNode.Scalar("", true, line, column);
            }
        }
    }

    private Map<String, YamlNode.Entry> entries(final String path, final int depth) {
        final Map<String, YamlNode.Entry> entries = new LinkedHashMap<>();
        for (Event e = events.next(); e.getEventId() != Event.ID.MappingEnd; e = events.next()) {
            final YamlNode key = node(e, path, depth + 1);
            final String name = key instanceof YamlNode.Scalar s ? s.text() : null;
            if (name == null) {
                error(path, e, "a key is a word, not " + key.kind());
            }
            final String keyPath = path(path, name == null ? "?" : name);
            final YamlNode value = node(events.next(), keyPath, depth + 1);
            final YamlNode.Entry entry = new YamlNode.Entry(key.line(), key.column(), value);
            if (name == null) {
                continue;
            }
            final YamlNode.Entry earlier = entries.putIfAbsent(name, entry);
            if (earlier != null) {
                error(keyPath, e, "this key stands twice, first in line " + earlier.line());
            }
        }
        return entries;
    }

    private void checkPlainNode(final Event event, final String path, final int depth) {
        if (depth > MAX_DEPTH) {
            throw new YamlEngineException("nested deeper than " + MAX_DEPTH + " levels in line " + line(event));
        }
        if (event.getEventId() == Event.ID.Alias) {
            error(path, event, "aliases are not read: write the value itself");
        } else if (event instanceof NodeEvent n && n.getAnchor().isPresent()) {
            error(path, event, "anchors are not read");
        }
        final Optional<String> tag = event instanceof ScalarEvent s
                ? s.getTag()
                : event instanceof CollectionStartEvent c ? c.getTag() : Optional.empty();
        if (tag.isPresent()) {
            error(path, event, "tags are not read");
        }
    }

    /** The path of a key below another path. */
    static String path(final String parent, final String key) {
        return parent.isEmpty() ? key : parent + "." + key;
    }

    private void error(final String path, final Event at, final String reason) {
        errors.add(new ProgramError(path, line(at), column(at), reason));
    }

    private static int line(final Event event) {
        return event.getStartMark().map(m -> m.getLine() + 1).orElse(1);
    }

    private static int column(final Event event) {
        return event.getStartMark().map(m -> m.getColumn() + 1).orElse(1);
    }
}
