package tongguan.access.radius;

import java.util.function.Consumer;
import tongguan.access.radius.wire.Draft;
import tongguan.access.radius.wire.Packet;

/** A request of a gateway that is who it says, waiting for its answer. */
final class Request {
  private final Gateway gateway;
  private final Packet packet;
  private final Answers.Ticket ticket;
  private final Consumer<byte[]> wire;

  Request(Gateway gateway, Packet packet, Answers.Ticket ticket, Consumer<byte[]> wire) {
    this.gateway = gateway;
    this.packet = packet;
    this.ticket = ticket;
    this.wire = wire;
  }

  Gateway gateway() {
    return gateway;
  }

  Packet packet() {
    return packet;
  }

  void answer(Draft draft) {
    byte[] answer = draft.answering(packet, gateway.secret());
    ticket.answered(answer);
    wire.accept(answer);
  }

  /** It gets no answer, and is looked at anew when it comes again. */
  void drop() {
    ticket.dropped();
  }
}
