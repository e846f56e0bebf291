package tongguan.base.xml;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An element that was read, with all that is in it.
 *
 * @param space its namespace; empty for none
 * @param attributes those without a namespace
 * @param text all text directly in it, in order
 */
public record Element(
    String space,
    String name,
    Map<String, String> attributes,
    List<Element> children,
    String text) {

  public Element {
    attributes = Map.copyOf(attributes);
    children = List.copyOf(children);
  }

  /** The only child of this name; empty where there is none, or more than one. */
  public Optional<Element> only(String childName) {
    List<Element> found = all(childName);
    return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
  }

  public List<Element> all(String childName) {
    return children.stream().filter(child -> child.name.equals(childName)).toList();
  }

  public boolean is(String itsSpace, String itsName) {
    return space.equals(itsSpace) && name.equals(itsName);
  }
}
