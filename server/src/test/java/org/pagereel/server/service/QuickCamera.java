package org.pagereel.server.service;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;
import org.pagereel.recorder.Report;
import org.pagereel.recorder.wire.Json;
import org.pagereel.server.core.recording.StandInCamera;

/**
 * A recorder that records nothing and costs next to nothing, for thousands of recordings: a shell
 * script that says what a live recorder says, and leaves the same files.
 */
final class QuickCamera {
  private static final String ID = "THE-ID";

  private QuickCamera() {}

  /** Writes it into a folder. */
  static Path in(Path folder) throws IOException {
    String report =
        Json.PRETTY.writeValueAsString(StandInCamera.report(ID, 1, Report.State.FINISHED, true));
    Path script =
        Files.writeString(
            folder.resolve("quick-camera"),
            """
            #!/bin/bash
            end() {
              [ -n "$folder" ] || exit 0
              echo '{"event":"finishing","end":"ORDER"}'
              cat > "$folder/recording.json" << EOF
            %s
            EOF
              echo '{"event":"finished","durationSeconds":1,"files":["page.mp4"]}'
              exit 0
            }
            while true; do
              read -t 1 -r line
              code=$?
              if [ $code -gt 128 ]; then
                echo '{"event":"progress","durationSeconds":1,"slices":1,"bytes":6,"bytesAtEnd":6}'
                continue
              fi
              [ $code -ne 0 ] && end
              case $line in
                *'"command":"start"'*)
                  id=${line#*'"request":{"id":"'}
                  id=${id%%%%'"'*}
                  folder=${line#*'"folder":"'}
                  folder=${folder%%%%'"'*}
                  folder=${folder#file://}
                  mkdir -p "$folder"
                  echo media > "$folder/page.mp4"
                  echo media > "$folder/page-1-1.ts"
                  echo '#EXTM3U' > "$folder/page.m3u8"
                  echo '{"event":"ready","signal":"load","tookSeconds":0.05}'
                  echo '{"event":"recording","startedAt":"2026-01-01T00:00:00Z"}';;
                *'"command":"stop"'*) end;;
              esac
            done
            """
                .formatted(report.replace(ID, "$id")));
    Files.setPosixFilePermissions(
        script, Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_EXECUTE));
    return script;
  }
}
