package tongguan.access.channel;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tongguan.access.Device;
import tongguan.access.Permissions;
import tongguan.access.Refusals;
import tongguan.access.operation.Input;
import tongguan.base.Json;
import tongguan.base.Limits;
import tongguan.base.Problem;
import tongguan.base.database.Database;
import tongguan.base.http.Call;
import tongguan.base.http.Events;
import tongguan.base.http.Route;
import tongguan.fleet.authority.Certificates;
import tongguan.fleet.authority.Enrolments;
import tongguan.fleet.channel.Channel;
import tongguan.fleet.channel.Contacts;
import tongguan.fleet.channel.Held;
import tongguan.fleet.channel.Streams;
import tongguan.identity.Guessing;
import tongguan.identity.Identity;
import tongguan.identity.LogIn;
import tools.jackson.databind.JsonNode;

/**
 * What devices ask and say by themselves: decision 010, "What the steward and the platform say".
 */
public final class ChannelRoutes {
  private static final int TEXT = 100;

  private final Database database;
  private final Channel channel;
  private final Identity identity;

  public ChannelRoutes(Database database, Channel channel, Identity identity) {
    this.database = database;
    this.channel = channel;
    this.identity = identity;
  }

  public List<Route> routes() {
    return List.of(
        Route.post("/api/v1/device/enrol", Route.OPEN, this::enrol).withoutDevice(),
        Route.post("/api/v1/device/renew", Permissions.DEVICE, this::renew),
        Route.get("/api/v1/device/stream", Permissions.DEVICE, this::stream)
            .producing(Set.of(Events.MEDIA_TYPE))
            .alsoForLostDevices(),
        Route.post("/api/v1/device/acknowledgements", Permissions.DEVICE, this::acknowledge)
            .producing(Set.of())
            .alsoForLostDevices(),
        Route.post("/api/v1/device/heartbeat", Permissions.DEVICE, this::heartbeat));
  }

  private void enrol(Call call) {
    JsonNode body = Input.of(call);
    String address = call.peer().getAddress().getHostAddress();
    Enrolments.Asked asked =
        new Enrolments.Asked(
            Input.text(body, "code", TEXT),
            Input.raw(body, "csr", Limits.CERTIFICATE_REQUEST_CHARACTERS),
            Input.text(body, "serial", TEXT),
            DeviceBody.macs(body),
            Input.text(body, "agent", TEXT),
            address);
    String source = "enrol " + address;
    if (!database.inTransaction(tx -> Guessing.take(tx, source))) {
      throw Refusals.slowDown(LogIn.SLOW_DOWN_SECONDS);
    }
    switch (channel.enrolments().enrol(asked, call.correlation())) {
      case Enrolments.Answer.Refused refused -> throw enrolmentRefused();
      case Enrolments.Answer.Enrolled enrolled -> {
        boolean _ =
            database.inTransaction(tx -> {
              Guessing.giveBack(tx, source);
              return true;
            });
        Map<String, Object> reply = new LinkedHashMap<>();
        reply.put("device", enrolled.device());
        reply.put("certificate", enrolled.certificate());
        reply.put("authority", enrolled.authority());
        reply.put("commandKey", channel.commands().publicKey());
        call.respondJson(200, reply);
      }
    }
  }

  private static Problem enrolmentRefused() {
    return Problem.of(
        403,
        "enrolment-refused",
        "設備註冊未被接受；請向管理者索取新的註冊碼。",
        "The device was not enrolled; ask the administrator for a new code.");
  }

  private void renew(Call call) {
    Device device = Device.of(call);
    String csr = Input.raw(Input.of(call), "csr", Limits.CERTIFICATE_REQUEST_CHARACTERS);
    switch (channel
        .certificates()
        .renew(call.clientCertificate().orElseThrow(), device.id(), csr, call.correlation())) {
      case Certificates.Answer.Issued issued ->
          call.respondJson(200, Map.of("certificate", issued.pem()));
      case Certificates.Answer.Refused refused ->
          throw Problem.of(409, "renewal-refused", "憑證未更新。", "The certificate was not renewed.")
              .with("why", refused.why());
    }
  }

  /** Held until the device goes, its certificate does, or the platform. */
  private void stream(Call call) {
    Device device = Device.of(call);
    if (call.method().equals("HEAD")) {
      call.respond(200, Events.MEDIA_TYPE, new byte[0]);
      return;
    }
    Streams.Begun begun = channel.streams().open(device.id(), device.certificateSerial());
    try (Held held = begun.held();
        Events events = call.events()) {
      boolean there = events.send("hello", "", hello(device, begun));
      while (there) {
        switch (held.next(Limits.STREAM_HEARTBEAT)) {
          case Held.Next.Order order -> {
            there =
                events.send(
                    "command", Long.toString(order.command().number()), order.command().json());
            if (there) {
              held.sent(order.command());
            }
          }
          case Held.Next.Nothing nothing -> there = events.comment();
          case Held.Next.End end -> there = false;
        }
      }
    }
  }

  private static String hello(Device device, Streams.Begun begun) {
    Map<String, Object> hello = new LinkedHashMap<>();
    hello.put("device", device.id());
    hello.put("time", begun.time().toString());
    hello.put("heartbeatSeconds", begun.heartbeatSeconds());
    hello.put("lockHours", begun.lockHours());
    hello.put("wipeDays", begun.wipeDays());
    return Json.text(hello);
  }

  private void acknowledge(Call call) {
    Device device = Device.of(call);
    switch (channel
        .answers()
        .take(
            device.id(),
            call.clientCertificate().orElseThrow().getPublicKey(),
            DeviceBody.answer(Input.of(call)),
            call.correlation())) {
      case YES -> call.respondNothing();
      case NOT_ITS_OWN ->
          throw Problem.badRequest(
              "answer-refused",
              "回覆的簽章或命令種類不符。",
              "The signature does not hold, or the command is of another kind.");
      case NO_SUCH_COMMAND ->
          throw Problem.of(404, "unknown-command", "查無此命令。", "There is no such command.");
    }
  }

  /** A device that has locked itself locks its officer's session with it: either locks both. */
  private void heartbeat(Call call) {
    Device device = Device.of(call);
    Contacts.Next next =
        channel
            .contacts()
            .heard(
                device.id(),
                device.certificateSerial(),
                DeviceBody.heartbeat(Input.of(call)),
                call.correlation());
    if (next.closed()) {
      identity.sessions().lockOn(device.id(), call.correlation());
    }
    call.respondJson(200, Map.of("time", next.time().toString(), "next", next.seconds()));
  }
}
