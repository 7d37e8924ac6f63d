package org.pagereel.recorder.process;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.pagereel.recorder.FailureCategory;
import org.pagereel.recorder.RecordingFailure;
import org.pagereel.recorder.SoundPath;

/**
 * A pipe that a sink plays into, and its reading end, through Java's foreign function interface:
 * Java can neither make a pipe with a name, nor limit its size, nor stop waiting for it.
 *
 * <p>The sink renders when the pipe is empty, and what it holds is heard later by its length. The
 * system's usual 64 KiB are 171 ms; this one holds one write of the sink.
 */
public final class SoundPipe implements AutoCloseable {
  /** One page of memory: the least that a pipe can hold, and the most that the sink writes. */
  private static final int BYTES = SoundPath.BLOCK * SoundPath.CHANNELS * Float.BYTES;

  // From <fcntl.h> and <errno.h> of Linux.
  private static final int OWNER_ONLY = 0600;
  private static final int READ_ONLY = 0;
  private static final int NONBLOCK = 0x800;
  private static final int CLOSE_ON_EXEC = 0x80000;
  private static final int SET_PIPE_SIZE = 1031;
  private static final int TRY_AGAIN = 11;
  private static final int INTERRUPTED = 4;

  private static final Linker LINKER = Linker.nativeLinker();
  private static final StructLayout STATE = Linker.Option.captureStateLayout();
  private static final VarHandle ERRNO =
      STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));
  private static final MethodHandle MKFIFO =
      call("mkfifo", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT), 2);
  private static final MethodHandle OPEN =
      call("open", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT), 2);
  private static final MethodHandle FCNTL =
      call("fcntl", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT), 2);
  private static final MethodHandle READ =
      call("read", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG), 3);
  private static final MethodHandle CLOSE =
      call("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT), 1);

  private final Arena arena = Arena.ofShared();
  private final MemorySegment state = arena.allocate(STATE);
  private final MemorySegment block = arena.allocate(BYTES, JAVA_FLOAT.byteAlignment());
  private final int pipe;
  private final FileWait wait;
  private final Path path;

  /**
   * Makes the pipe and opens its reading end.
   *
   * @param path in a folder of ours, where nobody can put something else in its place
   * @param account may open it
   */
  SoundPipe(Path path, Account account) {
    this.path = path;
    MemorySegment name = arena.allocateFrom(path.toString());
    if ((int) invoke(MKFIFO, name, OWNER_ONLY) != 0) {
      throw failure("Making");
    }
    account.own(path);
    pipe = (int) invoke(OPEN, name, READ_ONLY | NONBLOCK | CLOSE_ON_EXEC);
    if (pipe < 0) {
      throw failure("Opening");
    }
    wait = new FileWait(arena, pipe);
    if ((int) invoke(FCNTL, pipe, SET_PIPE_SIZE, BYTES) < 0) {
      throw failure("Limiting");
    }
  }

  /** Its path for the sink, before {@link #hide}. */
  Path path() {
    return path;
  }

  /** Takes away its name, once the sink has opened it: nobody else shall find it. */
  void hide() {
    try {
      Files.delete(path);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot take away the name of " + path, e);
    }
  }

  /** Throws away what the sink has rendered before. */
  public void discard() {
    readSome();
  }

  /**
   * Waits for the next block.
   *
   * @return interleaved stereo samples from -1 to 1; empty if there are none in time
   * @throws RecordingFailure when the sink is gone
   */
  public Optional<FloatBuffer> read(Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    long some = readSome();
    while (some < 0) {
      long left = (deadline - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        return Optional.empty();
      }
      var _ = wait.readable((int) left);
      some = readSome();
    }
    if (some == 0) {
      throw new RecordingFailure(FailureCategory.INTERNAL, "The sound daemon ended");
    }
    float[] samples = block.asSlice(0, some).toArray(JAVA_FLOAT);
    for (int i = 0; i < samples.length; i++) {
      samples[i] = bounded(samples[i]);
    }
    return Optional.of(FloatBuffer.wrap(samples));
  }

  /** The sink adds up what plays, and does not limit it; no encoder takes what is no number. */
  private static float bounded(float sample) {
    return Float.isNaN(sample) ? 0 : Math.clamp(sample, -1f, 1f);
  }

  /** The number of bytes that came; 0 if nobody writes any more, negative if there are none now. */
  private long readSome() {
    long some = (long) invoke(READ, pipe, block, (long) BYTES);
    if (some < 0 && errno() != TRY_AGAIN && errno() != INTERRUPTED) {
      throw failure("Reading");
    }
    return some;
  }

  @Override
  public void close() {
    invoke(CLOSE, pipe);
    arena.close();
  }

  private Object invoke(MethodHandle function, Object... arguments) {
    Object[] all = new Object[arguments.length + 1];
    all[0] = state;
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return ForeignCall.of(function, all);
  }

  private int errno() {
    return (int) ERRNO.get(state, 0L);
  }

  private RecordingFailure failure(String step) {
    return new RecordingFailure(
        FailureCategory.INTERNAL, step + " the pipe of the sound failed with errno " + errno());
  }

  private static MethodHandle call(String name, FunctionDescriptor shape, int fixed) {
    Linker.Option errno = Linker.Option.captureCallState("errno");
    MemorySegment function = LINKER.defaultLookup().findOrThrow(name);
    return fixed < shape.argumentLayouts().size()
        ? LINKER.downcallHandle(function, shape, errno, Linker.Option.firstVariadicArg(fixed))
        : LINKER.downcallHandle(function, shape, errno);
  }
}
