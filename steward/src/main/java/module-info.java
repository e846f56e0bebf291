/** The steward (行動e管家): the agent on the officers' notebooks and tablets. */
module tongguan.steward {
  requires static org.jspecify;
  requires java.logging;
  requires tools.jackson.core;
  requires tools.jackson.databind;
  requires org.freedesktop.dbus;

  // The D-Bus library makes proxies of these, and reads their structs and signals.
  exports tongguan.steward.desk to
      org.freedesktop.dbus;

  opens tongguan.steward.desk to
      org.freedesktop.dbus;
}
