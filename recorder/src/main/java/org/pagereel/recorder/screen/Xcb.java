package org.pagereel.recorder.screen;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import org.pagereel.recorder.FailureCategory;
import org.pagereel.recorder.RecordingFailure;

/**
 * The few calls of the X client library that a recording needs beside FFmpeg's grabber, through
 * Java's foreign function interface. Structures are those of xproto and the DAMAGE extension.
 */
final class Xcb {
  private static final MemoryLayout COOKIE = MemoryLayout.structLayout(JAVA_INT);
  private static final MemoryLayout ITERATOR = MemoryLayout.structLayout(ADDRESS, JAVA_LONG);

  private final Linker linker = Linker.nativeLinker();

  final MethodHandle connect;
  final MethodHandle connectionHasError;
  final MethodHandle disconnect;
  final MethodHandle fileDescriptor;
  final MethodHandle setup;
  final MethodHandle rootsIterator;
  final MethodHandle generateId;
  final MethodHandle flush;
  final MethodHandle pollForEvent;
  final MethodHandle extensionData;
  final MethodHandle queryTree;
  final MethodHandle queryTreeReply;
  final MethodHandle getGeometry;
  final MethodHandle getGeometryReply;
  final MethodHandle configureWindow;
  final MethodHandle warpPointer;
  final MethodHandle sendEvent;
  final MethodHandle damageQueryVersion;
  final MethodHandle damageQueryVersionReply;
  final MethodHandle damageCreate;
  final MethodHandle free;
  final MemorySegment damageExtension;

  Xcb(Arena arena) {
    SymbolLookup xcb = library("libxcb.so.1", arena);
    SymbolLookup damage = library("libxcb-damage.so.0", arena);
    connect = call(xcb, "xcb_connect", FunctionDescriptor.of(ADDRESS, ADDRESS, ADDRESS));
    connectionHasError =
        call(xcb, "xcb_connection_has_error", FunctionDescriptor.of(JAVA_INT, ADDRESS));
    disconnect = call(xcb, "xcb_disconnect", FunctionDescriptor.ofVoid(ADDRESS));
    fileDescriptor = call(xcb, "xcb_get_file_descriptor", FunctionDescriptor.of(JAVA_INT, ADDRESS));
    setup = call(xcb, "xcb_get_setup", FunctionDescriptor.of(ADDRESS, ADDRESS));
    rootsIterator = call(xcb, "xcb_setup_roots_iterator", FunctionDescriptor.of(ITERATOR, ADDRESS));
    generateId = call(xcb, "xcb_generate_id", FunctionDescriptor.of(JAVA_INT, ADDRESS));
    flush = call(xcb, "xcb_flush", FunctionDescriptor.of(JAVA_INT, ADDRESS));
    pollForEvent = call(xcb, "xcb_poll_for_event", FunctionDescriptor.of(ADDRESS, ADDRESS));
    extensionData =
        call(xcb, "xcb_get_extension_data", FunctionDescriptor.of(ADDRESS, ADDRESS, ADDRESS));
    queryTree = call(xcb, "xcb_query_tree", FunctionDescriptor.of(COOKIE, ADDRESS, JAVA_INT));
    queryTreeReply =
        call(xcb, "xcb_query_tree_reply", FunctionDescriptor.of(ADDRESS, ADDRESS, COOKIE, ADDRESS));
    getGeometry = call(xcb, "xcb_get_geometry", FunctionDescriptor.of(COOKIE, ADDRESS, JAVA_INT));
    getGeometryReply =
        call(
            xcb,
            "xcb_get_geometry_reply",
            FunctionDescriptor.of(ADDRESS, ADDRESS, COOKIE, ADDRESS));
    configureWindow =
        call(
            xcb,
            "xcb_configure_window",
            FunctionDescriptor.of(COOKIE, ADDRESS, JAVA_INT, JAVA_SHORT, ADDRESS));
    warpPointer =
        call(
            xcb,
            "xcb_warp_pointer",
            FunctionDescriptor.of(
                COOKIE,
                ADDRESS,
                JAVA_INT,
                JAVA_INT,
                JAVA_SHORT,
                JAVA_SHORT,
                JAVA_SHORT,
                JAVA_SHORT,
                JAVA_SHORT,
                JAVA_SHORT));
    sendEvent =
        call(
            xcb,
            "xcb_send_event",
            FunctionDescriptor.of(COOKIE, ADDRESS, JAVA_BYTE, JAVA_INT, JAVA_INT, ADDRESS));
    damageQueryVersion =
        call(
            damage,
            "xcb_damage_query_version",
            FunctionDescriptor.of(COOKIE, ADDRESS, JAVA_INT, JAVA_INT));
    damageQueryVersionReply =
        call(
            damage,
            "xcb_damage_query_version_reply",
            FunctionDescriptor.of(ADDRESS, ADDRESS, COOKIE, ADDRESS));
    damageCreate =
        call(
            damage,
            "xcb_damage_create",
            FunctionDescriptor.of(COOKIE, ADDRESS, JAVA_INT, JAVA_INT, JAVA_BYTE));
    free = call(linker.defaultLookup(), "free", FunctionDescriptor.ofVoid(ADDRESS));
    damageExtension = damage.find("xcb_damage_id").orElseThrow();
  }

  private SymbolLookup library(String name, Arena arena) {
    try {
      return SymbolLookup.libraryLookup(name, arena);
    } catch (IllegalArgumentException e) {
      throw new RecordingFailure(
          FailureCategory.INTERNAL, "No " + name + ". Run ./pagereel doctor.", e);
    }
  }

  private MethodHandle call(SymbolLookup library, String name, FunctionDescriptor shape) {
    return linker.downcallHandle(library.find(name).orElseThrow(), shape);
  }
}
