<?php
// A class's group at the messaging API, as a business server uses it: its own UserSig, messages that
// are sent in somebody's name, and the whole history, page by page.

final class Group
{
    private const AT_ONCE = 20;

    public function __construct(
        private string $server,
        private int $sdkAppId,
        private string $key,
        private string $admin,
        private string $id,
    ) {
    }

    public static function fromEnvironment(): self
    {
        return new self(
            getenv('PAGEREEL_SERVER'),
            (int) getenv('PAGEREEL_SDK_APP_ID'),
            getenv('PAGEREEL_KEY'),
            getenv('PAGEREEL_ADMIN'),
            getenv('PAGEREEL_GROUP'),
        );
    }

    public function id(): string
    {
        return $this->id;
    }

    /** Sends what the class's protocol calls a message: JSON in a custom element. */
    public function sendCustom(array $message): int
    {
        $content = ['Data' => json_encode($message), 'Desc' => '', 'Ext' => '', 'Sound' => ''];
        return $this->call('send_group_msg', [
            'GroupId' => $this->id,
            'Random' => random_int(0, 4294967295),
            'MsgBody' => [['MsgType' => 'TIMCustomElem', 'MsgContent' => $content]],
        ])['MsgSeq'];
    }

    /** All that was sent, newest first. The page after the one that ends with 1 is asked for, too. */
    public function history(): array
    {
        $all = [];
        $query = [];
        do {
            $page = $this->call('group_msg_get_simple',
                ['GroupId' => $this->id, 'ReqMsgNumber' => self::AT_ONCE] + $query);
            $all = array_merge($all, $page['RspMsgList']);
            $oldest = $page['RspMsgList'] ? end($page['RspMsgList'])['MsgSeq'] : 0;
            $query = ['ReqMsgSeq' => $oldest - 1];
        } while ($oldest > 0);
        return $all;
    }

    private function call(string $command, array $body): array
    {
        $query = http_build_query([
            'sdkappid' => $this->sdkAppId,
            'identifier' => $this->admin,
            'usersig' => $this->userSig(),
            'random' => random_int(0, 4294967295),
            'contenttype' => 'json',
        ]);
        $options = ['http' => [
            'method' => 'POST',
            'header' => 'Content-Type: application/json',
            'content' => json_encode($body),
        ]];
        $answer = file_get_contents(
            "$this->server/v4/group_open_http_svc/$command?$query", false, stream_context_create($options));
        $decoded = json_decode($answer, true);
        if ($decoded['ErrorCode'] !== 0) {
            throw new RuntimeException("$command: $answer");
        }
        return $decoded;
    }

    /** Version 2 of the vendor's user signatures. */
    private function userSig(): string
    {
        $now = time();
        $signed = "TLS.identifier:$this->admin\nTLS.sdkappid:$this->sdkAppId\nTLS.time:$now\nTLS.expire:3600\n";
        $content = json_encode([
            'TLS.ver' => '2.0',
            'TLS.identifier' => $this->admin,
            'TLS.sdkappid' => $this->sdkAppId,
            'TLS.expire' => 3600,
            'TLS.time' => $now,
            'TLS.sig' => base64_encode(hash_hmac('sha256', $signed, $this->key, true)),
        ]);
        return strtr(base64_encode(gzcompress($content)), '+/=', '*-_');
    }
}
