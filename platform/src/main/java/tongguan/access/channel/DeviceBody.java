package tongguan.access.channel;

import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tongguan.access.operation.Input;
import tongguan.base.Limits;
import tongguan.fleet.Mac;
import tongguan.fleet.Parsed;
import tongguan.fleet.channel.Answers;
import tongguan.fleet.channel.Heartbeat;
import tools.jackson.databind.JsonNode;

/** Reads what a steward sends, each member with its bound. */
final class DeviceBody {
  private static final Set<String> OUTCOMES = Set.of("done", "refused", "failed");
  private static final int SIGNATURE_CHARACTERS = 200;

  private DeviceBody() {}

  /** At most as many as a device may have; what is not one is not taken. */
  static List<Mac> macs(JsonNode body) {
    List<Mac> macs = new ArrayList<>();
    for (JsonNode node : list(body, "macs", Limits.MACS_OF_DEVICE)) {
      if (!node.isString()
          || node.stringValue().length() > 20
          || !(Mac.parse(node.stringValue()) instanceof Parsed.Good<Mac>(Mac mac))) {
        throw Input.refused("macs", "addresses of network interfaces");
      }
      macs.add(mac);
    }
    return macs;
  }

  private static JsonNode list(JsonNode body, String member, int most) {
    JsonNode list = body.path(member);
    if (!list.isArray() || list.size() > most) {
      throw Input.refused(member, "list of at most " + most);
    }
    return list;
  }

  static Heartbeat heartbeat(JsonNode body) {
    Double latitude = decimal(body, "latitude", 90);
    Double longitude = decimal(body, "longitude", 180);
    if ((latitude == null) != (longitude == null)) {
      throw Input.refused("longitude", "both or none of latitude and longitude");
    }
    return new Heartbeat(
        Input.text(body, "agent", Limits.HEARTBEAT_TEXT_CHARACTERS),
        Input.flag(body, "locked"),
        !isMissing(body, "lapsed") && Input.flag(body, "lapsed"),
        Input.flag(body, "tampered"),
        count(body, "policy"),
        count(body, "carriedOut"),
        macs(body),
        interfaces(body),
        number(body, "battery", 0, 100),
        number(body, "signalDbm", -200, 50),
        number(body, "latencyMs", 0, 3_600_000),
        latitude,
        longitude);
  }

  private static List<Map<String, String>> interfaces(JsonNode body) {
    List<Map<String, String>> interfaces = new ArrayList<>();
    for (JsonNode node : list(body, "interfaces", Limits.HEARTBEAT_INTERFACES)) {
      if (!node.isObject()) {
        throw Input.refused("interfaces", "objects of name, state and detail");
      }
      Map<String, String> one = new LinkedHashMap<>();
      one.put("name", Input.text(node, "name", 40));
      one.put("state", Input.text(node, "state", 40));
      one.put(
          "detail",
          Input.optionalText(node, "detail", Limits.HEARTBEAT_TEXT_CHARACTERS).orElse(""));
      interfaces.add(one);
    }
    return interfaces;
  }

  private static boolean isMissing(JsonNode body, String member) {
    JsonNode node = body.path(member);
    return node.isMissingNode() || node.isNull();
  }

  private static @Nullable Integer number(JsonNode body, String member, int least, int most) {
    return isMissing(body, member) ? null : (Integer) Input.number(body, member, least, most);
  }

  private static @Nullable Long count(JsonNode body, String member) {
    JsonNode node = body.path(member);
    if (isMissing(body, member)) {
      return null;
    }
    if (!node.isIntegralNumber() || !node.canConvertToLong() || node.longValue() < 0) {
      throw Input.refused(member, "whole number from 0 on");
    }
    return node.longValue();
  }

  private static @Nullable Double decimal(JsonNode body, String member, double most) {
    if (isMissing(body, member)) {
      return null;
    }
    JsonNode node = body.path(member);
    if (!node.isNumber() || !(Math.abs(node.doubleValue()) <= most)) {
      throw Input.refused(member, "number of degrees up to " + most);
    }
    return node.doubleValue();
  }

  static Answers.Answer answer(JsonNode body) {
    String outcome = Input.text(body, "outcome", 20);
    if (!OUTCOMES.contains(outcome)) {
      throw Input.refused("outcome", "done, refused or failed");
    }
    JsonNode number = body.path("number");
    if (!number.isIntegralNumber() || !number.canConvertToLong() || number.longValue() < 1) {
      throw Input.refused("number", "number of a command");
    }
    return new Answers.Answer(
        number.longValue(), Input.text(body, "kind", 20), outcome, detail(body), signature(body));
  }

  /** As it was signed, with whatever blanks are around it. */
  private static String detail(JsonNode body) {
    JsonNode detail = body.path("detail");
    if (!detail.isString()
        || detail.stringValue().length() > Limits.ANSWER_CHARACTERS
        || detail.stringValue().indexOf(0) >= 0) {
      throw Input.refused("detail", "text of at most " + Limits.ANSWER_CHARACTERS + " characters");
    }
    return detail.stringValue();
  }

  private static byte[] signature(JsonNode body) {
    try {
      return Base64.getUrlDecoder().decode(Input.text(body, "signature", SIGNATURE_CHARACTERS));
    } catch (IllegalArgumentException notBase64) {
      throw Input.refused("signature", "base64url");
    }
  }
}
