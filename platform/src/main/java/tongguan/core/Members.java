package tongguan.core;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tongguan.base.StartFailure;
import tools.jackson.databind.JsonNode;

/**
 * The members of an object of the settings. Each is read once, by who needs it; what nobody read is
 * a mistake of the operator's, and so is what is missing or not as it should be.
 */
public final class Members {
  private final String where;
  private final JsonNode object;
  private final Path folder;
  private final Set<String> read = new TreeSet<>();

  Members(String where, JsonNode object, Path folder) {
    this.where = where;
    this.object = object;
    this.folder = folder;
    if (!object.isObject()) {
      throw StartFailure.usage(where + " is not an object.");
    }
  }

  Path folder() {
    return folder;
  }

  public boolean has(String name) {
    return object.has(name);
  }

  public String text(String name) {
    return optional(name)
        .orElseThrow(() -> StartFailure.usage(where + ": " + name + " is missing."));
  }

  public Optional<String> optional(String name) {
    read.add(name);
    JsonNode node = object.path(name);
    if (node.isMissingNode()) {
      return Optional.empty();
    }
    if (!node.isString() || node.stringValue().isBlank()) {
      throw StartFailure.usage(where + ": " + name + " is not a text.");
    }
    return Optional.of(node.stringValue().strip());
  }

  public int number(String name, int otherwise, int least, int most) {
    read.add(name);
    JsonNode node = object.path(name);
    if (node.isMissingNode()) {
      return otherwise;
    }
    if (!node.isInt() || node.intValue() < least || node.intValue() > most) {
      throw StartFailure.usage(
          "%s: %s is not a number from %d to %d.".formatted(where, name, least, most));
    }
    return node.intValue();
  }

  /** A file that is there; relative to the folder of the settings. */
  public Path file(String name) {
    String text = text(name);
    try {
      Path file = folder.resolve(text);
      if (Files.isReadable(file) && Files.isRegularFile(file)) {
        return file;
      }
    } catch (InvalidPathException notAPath) {
      // answered below
    }
    throw StartFailure.environment(
        "%s: %s \"%s\" is not a readable file.".formatted(where, name, text));
  }

  /** What stands in the file, without blanks around it. */
  public String secret(String name) {
    Path file = file(name);
    try {
      String secret = Files.readString(file).strip();
      if (!secret.isEmpty()) {
        return secret;
      }
    } catch (IOException unreadable) {
      // answered below
    }
    throw StartFailure.environment("%s: %s names an empty file.".formatted(where, name));
  }

  /** An https address without anything that does not belong there. */
  public URI https(String name) {
    String text = text(name);
    try {
      URI uri = new URI(text);
      if ("https".equals(uri.getScheme())
          && uri.getHost() != null
          && uri.getUserInfo() == null
          && uri.getQuery() == null
          && uri.getFragment() == null) {
        return uri;
      }
    } catch (URISyntaxException notOne) {
      // answered below
    }
    throw StartFailure.usage("%s: %s \"%s\" is not an https address.".formatted(where, name, text));
  }

  /** To say what is wrong with a member that only its reader understands. */
  public StartFailure wrong(String name, String expected) {
    return StartFailure.usage("%s: %s is not %s.".formatted(where, name, expected));
  }

  /** To be called when everyone has read. */
  void refuseTheUnread() {
    for (String name : object.propertyNames()) {
      if (!read.contains(name)) {
        throw StartFailure.usage("%s does not know \"%s\".".formatted(where, name));
      }
    }
  }
}
