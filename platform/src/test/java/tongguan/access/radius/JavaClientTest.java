package tongguan.access.radius;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.aaa4j.radius.client.IntervalRetransmissionStrategy;
import org.aaa4j.radius.client.RadiusClient;
import org.aaa4j.radius.client.RadiusClientException;
import org.aaa4j.radius.client.clients.UdpRadiusClient;
import org.aaa4j.radius.core.attribute.Attribute;
import org.aaa4j.radius.core.attribute.RawAttribute;
import org.aaa4j.radius.core.attribute.StringData;
import org.aaa4j.radius.core.attribute.TextData;
import org.aaa4j.radius.core.attribute.attributes.CalledStationId;
import org.aaa4j.radius.core.attribute.attributes.CallingStationId;
import org.aaa4j.radius.core.attribute.attributes.FramedIpAddress;
import org.aaa4j.radius.core.attribute.attributes.MessageAuthenticator;
import org.aaa4j.radius.core.attribute.attributes.UserName;
import org.aaa4j.radius.core.attribute.attributes.UserPassword;
import org.aaa4j.radius.core.packet.Packet;
import org.aaa4j.radius.core.packet.packets.AccessAccept;
import org.aaa4j.radius.core.packet.packets.AccessReject;
import org.aaa4j.radius.core.packet.packets.AccessRequest;
import org.aaa4j.radius.core.packet.packets.AccountingRequest;
import org.aaa4j.radius.core.packet.packets.AccountingResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tongguan.base.database.DatabaseUrl;
import tongguan.base.database.TestDatabase;

/** A second stranger: aaa4j's client, which checks signatures of answers by code of its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JavaClientTest {
  private DatabaseUrl url;
  private RadiusNode node;
  private TestGateway gateway;

  @BeforeAll
  void start(@TempDir Path data) {
    url = TestDatabase.empty();
    node = new RadiusNode(url, data);
    // It binds to no address, and puts no Message-Authenticator into accounting.
    gateway = TestGateway.add(url, data, "pgw-1", "127.0.0.1", "--signing", "access");
    node.start();
  }

  @AfterAll
  void stop() {
    node.close();
    gateway.close();
  }

  private RadiusClient client(int port) {
    return UdpRadiusClient.newBuilder()
        .address(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
        .secret(gateway.secretText.getBytes(StandardCharsets.US_ASCII))
        .retransmissionStrategy(new IntervalRetransmissionStrategy(2, Duration.ofSeconds(2)))
        .build();
  }

  private static List<Attribute<?>> of(FieldDevice device) {
    return List.of(
        new UserName(new TextData("field")),
        new UserPassword(new StringData("any".getBytes(StandardCharsets.US_ASCII))),
        new CalledStationId(new TextData(TestGateway.APN)),
        new CallingStationId(new TextData(device.msisdn())),
        threeGpp(1, device.imsi()),
        threeGpp(20, device.imeisv()));
  }

  private static RawAttribute threeGpp(int type, String text) {
    byte[] value = text.getBytes(StandardCharsets.US_ASCII);
    return new RawAttribute(
        26,
        ByteBuffer.allocate(value.length + 6)
            .putInt(10_415)
            .put((byte) type)
            .put((byte) (value.length + 2))
            .put(value)
            .array());
  }

  private static List<Attribute<?>> signed(List<Attribute<?>> attributes) {
    List<Attribute<?>> all = new ArrayList<>(List.of(new MessageAuthenticator()));
    all.addAll(attributes);
    return all;
  }

  @Test
  void isLetInAndRefused() throws Exception {
    FieldDevice device = FieldDevice.add(url, 1);
    try (RadiusClient client = client(node.auth())) {
      Packet accept = client.send(new AccessRequest(signed(of(device))));
      Packet reject = client.send(new AccessRequest(signed(of(device.in("9900000000000001")))));

      assertThat(accept).isInstanceOf(AccessAccept.class);
      assertThat(accept.getAttribute(FramedIpAddress.class).orElseThrow().getData().getValue())
          .isEqualTo(device.address());
      assertThat(accept.getAttributes().getFirst()).isInstanceOf(MessageAuthenticator.class);
      assertThat(reject).isInstanceOf(AccessReject.class);
      assertThat(reject.getAttributes()).hasSize(1);
    }
  }

  @Test
  void isAnsweredNothingWithoutMessageAuthenticator() {
    FieldDevice device = FieldDevice.add(url, 2);
    try (RadiusClient client = client(node.auth())) {
      assertThat(
              org.assertj.core.api.Assertions.catchThrowable(
                  () -> client.send(new AccessRequest(of(device)))))
          .isInstanceOf(RadiusClientException.class);
    }
  }

  @Test
  void accountsAsTheOlderRfcHasIt() throws Exception {
    FieldDevice device = FieldDevice.add(url, 3);
    List<Attribute<?>> start = new ArrayList<>(of(device));
    start.removeIf(UserPassword.class::isInstance);
    start.add(new RawAttribute(40, new byte[] {0, 0, 0, 1}));
    start.add(new RawAttribute(44, "J1".getBytes(StandardCharsets.US_ASCII)));
    start.add(new RawAttribute(8, device.address().getAddress()));
    try (RadiusClient client = client(node.acct())) {
      assertThat(client.send(new AccountingRequest(start))).isInstanceOf(AccountingResponse.class);
    }
    assertThat(
            TestDatabase.text(url, "select imsi from access.live_apn_session where number = 'J1'"))
        .isEqualTo(device.imsi());
  }
}
