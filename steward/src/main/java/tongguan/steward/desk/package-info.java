/** The desktop and the system's services on D-Bus: logind, notifications, ModemManager. */
@org.jspecify.annotations.NullMarked
package tongguan.steward.desk;
