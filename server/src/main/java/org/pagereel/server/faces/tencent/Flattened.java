package org.pagereel.server.faces.tencent;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.pagereel.recorder.wire.Json;
import org.pagereel.server.platform.http.Quote;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes the tree of parameters that a JSON body would have from flattened ones: {@code
 * RecordControl.StreamControls.0.StreamId=…}. Every leaf is a string.
 */
final class Flattened {
  /**
   * What is about the request and not about the action (docs/vendors/tencent.md, "Signature v1").
   */
  private static final Set<String> COMMON =
      Set.of(
          "Action",
          "Version",
          "Region",
          "Timestamp",
          "Nonce",
          "SecretId",
          "Signature",
          "SignatureMethod",
          "RequestClient",
          "Token",
          "Language");

  private static final int DEEPEST = 8;

  private Flattened() {}

  static ObjectNode tree(Map<String, String> form) {
    Branch root = new Branch(new TreeMap<>());
    form.forEach((name, value) -> {
      if (!COMMON.contains(name)) {
        root.put(name.split("\\.", -1), 0, value);
      }
    });
    return root.object();
  }

  /** The content of a name: a value, or names again. */
  private sealed interface Part {}

  private record Leaf(String value) implements Part {}

  private record Branch(Map<String, Part> parts) implements Part {
    void put(String[] path, int depth, String value) {
      Part there = parts.get(path[depth]);
      boolean last = depth == path.length - 1;
      if (depth > DEEPEST || (last ? there != null : there instanceof Leaf)) {
        throw TiwCode.INVALID_PARAMETER.error(
            "The parameter " + Quote.of(String.join(".", path)) + " contradicts another one");
      }
      if (last) {
        parts.put(path[depth], new Leaf(value));
      } else {
        Branch next = there instanceof Branch branch ? branch : new Branch(new TreeMap<>());
        parts.put(path[depth], next);
        next.put(path, depth + 1, value);
      }
    }

    ObjectNode object() {
      ObjectNode object = Json.LINES.createObjectNode();
      parts.forEach((name, part) -> object.set(name, node(part)));
      return object;
    }

    /** Numbers for names are a list's places; in numeric order, whatever is left out. */
    private ArrayNode list() {
      ArrayNode list = Json.LINES.createArrayNode();
      parts.keySet().stream()
          .map(Integer::valueOf)
          .sorted()
          .forEach(place -> list.add(node(parts.get(String.valueOf(place)))));
      return list;
    }

    private boolean isList() {
      return parts.keySet().stream().allMatch(name -> name.matches("0|[1-9]\\d{0,3}"));
    }

    private static JsonNode node(Part part) {
      return switch (part) {
        case Leaf(String value) -> Json.LINES.valueToTree(value);
        case Branch branch -> branch.isList() ? branch.list() : branch.object();
      };
    }
  }
}
