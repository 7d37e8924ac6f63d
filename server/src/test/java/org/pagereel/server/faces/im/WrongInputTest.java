package org.pagereel.server.faces.im;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Each wrong input is named with its value and what is allowed. */
class WrongInputTest {
  @TempDir static Path folder;
  private static ImTestServer desk;

  @BeforeAll
  static void open() throws Exception {
    desk = new ImTestServer(folder);
    desk.create("g");
  }

  @AfterAll
  static void close() {
    desk.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          create_group | [] | 60003 | JSON object
          create_group | {"Type":"Private", | 60003 | no JSON
          create_group | `` | 60003 | JSON
          create_group | {"Name":"n"} | 10004 | Type is absent
          create_group | {"Type":"private","Name":"n"} | 10004 | Type is "private"; allowed: Private, Public, ChatRoom, AVChatRoom
          create_group | {"Type":7,"Name":"n"} | 10004 | Type is 7
          create_group | {"Type":"Public"} | 10004 | Name is absent
          create_group | {"Type":"Public","Name":"n","Owner_Account":5} | 10004 | Owner_Account is 5
          create_group | {"Type":"Public","Name":"n","GroupId":5} | 10004 | GroupId is 5
          create_group | {"Type":"Public","Name":"n","GroupId":"@TGS#1ABC"} | 10015 | GroupId is "@TGS#1ABC"; allowed: ids that do not begin
          create_group | {"Type":"Public","Name":"n","GroupId":"课"} | 10015 | allowed: 1 to 48 visible
          create_group | {"Type":"Public","Name":"n","GroupId":"0123456789012345678901234567890123456789012345678"} | 10015 | allowed: 1 to 48 visible
          send_group_msg | {"Random":1,"MsgBody":[{"MsgType":"T","MsgContent":{}}]} | 10004 | GroupId is absent
          send_group_msg | {"GroupId":"none","Random":1,"MsgBody":[{"MsgType":"T","MsgContent":{}}]} | 10010 | GroupId is none; allowed: a group that exists
          send_group_msg | {"GroupId":"","Random":1,"MsgBody":[{"MsgType":"T","MsgContent":{}}]} | 10015 | GroupId is ""
          send_group_msg | {"GroupId":"g","MsgBody":[{"MsgType":"T","MsgContent":{}}]} | 10004 | Random is absent; allowed: whole numbers from 0 to 4294967295
          send_group_msg | {"GroupId":"g","Random":-1,"MsgBody":[{"MsgType":"T","MsgContent":{}}]} | 10004 | Random is -1
          send_group_msg | {"GroupId":"g","Random":4294967296,"MsgBody":[{"MsgType":"T","MsgContent":{}}]} | 10004 | Random is 4294967296
          send_group_msg | {"GroupId":"g","Random":"1","MsgBody":[{"MsgType":"T","MsgContent":{}}]} | 10004 | Random is "1"
          send_group_msg | {"GroupId":"g","Random":1e400,"MsgBody":[{"MsgType":"T","MsgContent":{}}]} | 10004 | Random is
          send_group_msg | {"GroupId":"g","Random":1} | 10004 | MsgBody is absent
          send_group_msg | {"GroupId":"g","Random":1,"MsgBody":[]} | 10004 | MsgBody is []
          send_group_msg | {"GroupId":"g","Random":1,"MsgBody":{"MsgType":"T"}} | 10004 | MsgBody is {
          send_group_msg | {"GroupId":"g","Random":1,"MsgBody":[{"MsgType":"T","MsgContent":{}},3]} | 10004 | MsgBody[1] is 3
          send_group_msg | {"GroupId":"g","Random":1,"MsgBody":[{"MsgContent":{}}]} | 10004 | MsgBody[0].MsgType is absent
          send_group_msg | {"GroupId":"g","Random":1,"MsgBody":[{"MsgType":"T","MsgContent":"x"}]} | 10004 | MsgBody[0].MsgContent is "x"; allowed: an object
          send_group_msg | {"GroupId":"g","Random":1,"MsgPriority":"Urgent","MsgBody":[{"MsgType":"T","MsgContent":{}}]} | 10004 | MsgPriority is "Urgent"; allowed: High, Normal, Low
          send_group_msg | {"GroupId":"g","Random":1,"OnlineOnlyFlag":2,"MsgBody":[{"MsgType":"T","MsgContent":{}}]} | 10004 | OnlineOnlyFlag is 2
          send_group_msg | {"GroupId":"g","Random":1,"From_Account":"a\\nb","MsgBody":[{"MsgType":"T","MsgContent":{}}]} | 10004 | From_Account is
          send_group_msg | {"GroupId":"g","Random":1,"CloudCustomData":{},"MsgBody":[{"MsgType":"T","MsgContent":{}}]} | 10004 | CloudCustomData is {}
          group_msg_get_simple | {"GroupId":"g"} | 10004 | ReqMsgNumber is absent
          group_msg_get_simple | {"GroupId":"g","ReqMsgNumber":0} | 10004 | ReqMsgNumber is 0; allowed: whole numbers from 1
          group_msg_get_simple | {"GroupId":"g","ReqMsgNumber":1.5} | 10004 | ReqMsgNumber is 1.5
          group_msg_get_simple | {"GroupId":"g","ReqMsgNumber":1,"ReqMsgSeq":-1} | 10004 | ReqMsgSeq is -1; allowed: whole numbers from 0
          group_msg_get_simple | {"GroupId":"none","ReqMsgNumber":1} | 10010 | GroupId is none
          group_msg_get_simple | {"GroupId":" ","ReqMsgNumber":1} | 10015 | GroupId is " "
          destroy_group | {} | 10004 | GroupId is absent
          destroy_group | {"GroupId":"none"} | 10010 | GroupId is none
          """)
  void named(String command, String body, int code, String info) throws Exception {
    JsonNode answer = desk.call(command, body == null ? "" : body);
    ImFaceTest.assertCode(code, answer);
    assertThat(answer.path("ErrorInfo").stringValue()).contains(info);
    JsonNode page = desk.call("group_msg_get_simple", "{\"GroupId\":\"g\",\"ReqMsgNumber\":1}");
    assertThat(page.path("RspMsgList").isEmpty()).isTrue();
  }
}
