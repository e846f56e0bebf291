package tongguan.exchange;

/** JSON messages as senders write them. */
final class Messages {
  private Messages() {}

  static String of(String kind, String reference, String eventTime, String payload) {
    return """
    {"kind":"%s","reference":"%s","sender":"TWCUS-KEEL","eventTime":"%s","payload":%s}\
    """
        .formatted(kind, reference, eventTime, payload);
  }

  static String gateIn(String reference, String container, String eventTime) {
    return of(
        "container-movement",
        reference,
        eventTime,
        """
        {"container":"%s","movement":"gate-in","place":"TWKEL-E12","full":true,"grossKg":12000.5}\
        """
            .formatted(container));
  }
}
