package tongguan.steward.gateway;

import java.io.Closeable;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import tongguan.steward.base.Limits;

/** Listens on 127.0.0.1 and gives each connection of a browser a virtual thread. */
public final class Gateway implements Closeable {
  private static final Logger LOG = System.getLogger("steward.gateway");

  private final ServerSocket listener;
  private final Upstream upstream;
  private final Semaphore places = new Semaphore(Limits.GATEWAY_CONNECTIONS);
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  /** Port 0 takes any free one. */
  public Gateway(int port, Upstream upstream) throws IOException {
    this.upstream = upstream;
    listener = new ServerSocket();
    listener.setReuseAddress(true);
    listener.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port));
    Thread.ofVirtual().name("gateway").start(this::accept);
  }

  public int port() {
    return listener.getLocalPort();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket browser = listener.accept();
        if (places.tryAcquire()) {
          open.add(browser);
          Thread.ofVirtual().start(() -> serve(browser));
        } else {
          refuse(browser);
        }
      } catch (IOException e) {
        if (!listener.isClosed()) {
          LOG.log(Level.WARNING, "a browser was not let in: {0}", e.getMessage());
        }
      }
    }
  }

  private static void refuse(Socket browser) throws IOException {
    try (browser) {
      browser.setSoTimeout(1000);
      browser.getOutputStream().write(OwnAnswer.busy().bytes(true));
    }
  }

  private void serve(Socket browser) {
    try (browser) {
      if (browser.getInetAddress().isLoopbackAddress()) {
        new BrowserConnection(browser, port(), upstream).serve();
      }
    } catch (IOException gone) {
      LOG.log(Level.DEBUG, "a browser went away: {0}", gone.getMessage());
    } finally {
      open.remove(browser);
      places.release();
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket browser : open) {
      browser.close();
    }
  }
}
