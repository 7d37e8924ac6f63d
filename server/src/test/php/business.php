<?php
// A school's business server (php -S HOST:PORT business.php): clients tell it their clocks, the live
// recording calls it back, and it passes both on to the class's group. It counts files that have
// begun and files that came, and knows from that when the class is complete.

require __DIR__ . '/group.php';

function form(string $name): string
{
    // What a form gives is a text, and it is passed on as one.
    return $_POST[$name] ?? throw new RuntimeException("no $name");
}

function reportClock(Group $group): void
{
    $group->sendCustom([
        'type' => 1003,
        'seq' => random_int(10000, 100000000),
        'timestamp' => form('timestamp'),
        'time_line' => sprintf('%.0f', microtime(true) * 1000),
        'value' => ['uid' => form('uid')],
    ]);
}

/** The class's state, kept in a file as each request is a script of its own. */
function counted(callable $change): array
{
    $file = fopen(getenv('PAGEREEL_STATE'), 'c+');
    flock($file, LOCK_EX);
    $state = json_decode(stream_get_contents($file), true) ?? ['begun' => 0, 'urls' => [], 'ready' => false];
    $state = $change($state);
    ftruncate($file, 0);
    rewind($file);
    fwrite($file, json_encode($state));
    fclose($file);
    return $state;
}

function fileBegins(): array
{
    return counted(function (array $state): array {
        $state['begun']++;
        return $state;
    });
}

function fileCame(Group $group, array $event): array
{
    $group->sendCustom([
        'type' => 1004,
        'seq' => random_int(10000, 100000000),
        'timestamp' => time(),
        'value' => [
            'uid' => $event['uid'],
            'start_time' => $event['start_time'],
            'end_time' => $event['end_time'],
            'media_start_time' => $event['media_start_time'],
            'file_size' => $event['file_size'],
            'duration' => $event['duration'],
            'video_id' => $event['video_id'],
            'video_url' => $event['video_url'],
        ],
    ]);
    return counted(function (array $state) use ($event): array {
        $state['urls'][] = $event['video_url'];
        $state['ready'] = count($state['urls']) === $state['begun'];
        return $state;
    });
}

header('Content-Type: application/json');
try {
    $group = Group::fromEnvironment();
    switch (parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH)) {
        case '/clock':
            reportClock($group);
            echo json_encode(['code' => 0]);
            break;
        case '/recorded':
            $event = json_decode(file_get_contents('php://input'), true);
            $state = $event['event_type'] === 1 ? fileBegins() : fileCame($group, $event);
            echo json_encode(['code' => 0] + $state);
            break;
        case '/history':
            echo json_encode($group->history());
            break;
        default:
            http_response_code(404);
            echo json_encode(['code' => 404]);
    }
} catch (Throwable $e) {
    http_response_code(500);
    echo json_encode(['code' => 500, 'msg' => $e->getMessage()]);
}
