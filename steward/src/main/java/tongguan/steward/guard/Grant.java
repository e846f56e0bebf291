package tongguan.steward.guard;

/**
 * The right of an officer's session to an open device. {@code until} is an uptime in milliseconds.
 */
record Grant(String session, String officer, long until) {}
