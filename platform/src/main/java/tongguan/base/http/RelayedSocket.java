package tongguan.base.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketImpl;
import org.jspecify.annotations.Nullable;

/** A balancer's connection that goes by the address of the client whom it carries. */
final class RelayedSocket extends Socket {
  private final Socket carrier;
  private final InetSocketAddress client;

  RelayedSocket(Socket carrier, InetSocketAddress client) throws SocketException {
    super((SocketImpl) null);
    this.carrier = carrier;
    this.client = client;
  }

  @Override
  public InetAddress getInetAddress() {
    return client.getAddress();
  }

  @Override
  public int getPort() {
    return client.getPort();
  }

  @Override
  public SocketAddress getRemoteSocketAddress() {
    return client;
  }

  @Override
  public InetAddress getLocalAddress() {
    return carrier.getLocalAddress();
  }

  @Override
  public int getLocalPort() {
    return carrier.getLocalPort();
  }

  @Override
  public @Nullable SocketAddress getLocalSocketAddress() {
    return carrier.getLocalSocketAddress();
  }

  @Override
  public InputStream getInputStream() throws IOException {
    return carrier.getInputStream();
  }

  @Override
  public OutputStream getOutputStream() throws IOException {
    return carrier.getOutputStream();
  }

  @Override
  public void close() throws IOException {
    carrier.close();
  }

  @Override
  public void shutdownInput() throws IOException {
    carrier.shutdownInput();
  }

  @Override
  public void shutdownOutput() throws IOException {
    carrier.shutdownOutput();
  }

  @Override
  public boolean isConnected() {
    return carrier.isConnected();
  }

  @Override
  public boolean isBound() {
    return carrier.isBound();
  }

  @Override
  public boolean isClosed() {
    return carrier.isClosed();
  }

  @Override
  public boolean isInputShutdown() {
    return carrier.isInputShutdown();
  }

  @Override
  public boolean isOutputShutdown() {
    return carrier.isOutputShutdown();
  }

  @Override
  public void setSoTimeout(int timeout) throws SocketException {
    carrier.setSoTimeout(timeout);
  }

  @Override
  public int getSoTimeout() throws SocketException {
    return carrier.getSoTimeout();
  }

  @Override
  public void setSoLinger(boolean on, int linger) throws SocketException {
    carrier.setSoLinger(on, linger);
  }

  @Override
  public int getSoLinger() throws SocketException {
    return carrier.getSoLinger();
  }

  @Override
  public void setTcpNoDelay(boolean on) throws SocketException {
    carrier.setTcpNoDelay(on);
  }

  @Override
  public boolean getTcpNoDelay() throws SocketException {
    return carrier.getTcpNoDelay();
  }
}
